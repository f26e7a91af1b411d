// Starts the player for H5P with the package that this page belongs to.
(() => {
  "use strict";
  const place = document.getElementById("h5p");
  const package_ = location.pathname.replace(/\/$/, "");
  new window.H5PStandalone.H5P(place, {
    h5pJsonPath: package_, frameJs: "/h5p/frame.bundle.js", frameCss: "/h5p/styles/h5p.css", embedType: "div",
  }).catch((error) => { place.textContent = String(error); });
})();
