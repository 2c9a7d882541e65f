// Starts the application, and speaks where it cannot start.
//
// A classic script of its own: classic, so that it runs where modules do not (an opaque-origin
// frame, an old browser); of its own, so that the page needs no inline script. The names of the
// application's files are on the script's own element, put there by the build.
(function () {
  "use strict";
  var files = document.currentScript.dataset;

  function sayWhatFailed(error) {
    console.error("Hall Pass could not start:", error);
    var words = document.getElementById("start-failed");
    var place = document.getElementById("start") || document.getElementById("hall-pass");
    place.replaceChildren(words.content.cloneNode(true));
  }

  import(files.glue)
    .then(function (glue) {
      return glue.default({ module_or_path: files.wasm });
    })
    .catch(sayWhatFailed);
})();
