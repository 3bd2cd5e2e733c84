"use strict";
// A link carries the token behind #, which no browser sends: it is put into the form, and the form is sent. Where
// somebody is signed in already nothing is sent before they press the button.
(() => {
  const form = document.getElementById("sign-in");
  const field = document.getElementById("token");
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  sessionStorage.removeItem("token");
  // The page of plans asks the API itself, with the token of this tab.
  form.addEventListener("submit", () => {
    if (field.value) sessionStorage.setItem("token", field.value.trim());
  });
  if (!given) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = given;
  if (!form.dataset.asks) form.requestSubmit();
})();
