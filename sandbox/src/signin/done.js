// Hands the answer to the page that opened this window, and to no other.
(() => {
  'use strict';
  const { origin, message } = JSON.parse(document.getElementById('answer').textContent);
  // Without an opener (the embedding page cut it off) nobody can be told: the page there sees a
  // window that was closed, as with Google.
  if (window.opener) window.opener.postMessage(message, origin);
  // The opener closes the window when it has heard; this is for when it has gone.
  setTimeout(() => window.close(), 1000);
})();
