// Starts the application, and speaks where it cannot start.
//
// A classic script of its own: classic, so that it runs where modules do not (an opaque-origin
// frame, an old browser); of its own, so that the page needs no inline script. The names of the
// application's files are on the script's own element, put there by the build.
(function () {
  "use strict";
  // A browser without cascade layers is older than all this is made for, and shows the page's own
  // words for it: those are not to be mixed with a widget that has no looks.
  if (!window.CSSLayerBlockRule) return;

  var script = document.currentScript;
  var files = script.dataset;

  var page = document.getElementById("hall-pass");

  function sayWhatFailed(error) {
    console.error("Hall Pass could not start:", error);
    var words = document.getElementById("start-failed");
    var place = document.getElementById("start") || page;
    place.replaceChildren(words.content.cloneNode(true));
  }

  // The same request as the page's preload, so that the file is fetched once; the integrity is
  // checked here, since browsers ignore it on such a preload.
  var wasm = fetch(new URL(files.wasm, script.src), {
    credentials: "same-origin",
    integrity: files.wasmIntegrity || "",
  });
  import(files.glue)
    .then(function (glue) {
      return glue.default({ module_or_path: wasm }).then(function () {
        return glue.mount(page);
      });
    })
    .catch(sayWhatFailed);
})();
