"use strict";
// Fetches the facts every ten seconds while somebody looks, and keeps open what was open. The token stays in this tab.
(() => {
  const body = document.getElementById("body");
  const state = document.getElementById("state");
  const form = document.getElementById("sign-in");
  const field = document.getElementById("token");
  const refusal = document.getElementById("refusal");
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem("token", given);
    history.replaceState(null, "", location.pathname);
  }
  const ask = (sentence) => {
    sessionStorage.removeItem("token");
    body.replaceChildren();
    refusal.textContent = sentence;
    form.hidden = false;
    field.focus();
  };
  const refresh = async () => {
    const token = sessionStorage.getItem("token");
    if (!token) return ask("");
    if (document.hidden) return;
    try {
      const headers = { Authorization: "Bearer " + token };
      const answer = await fetch("/?part=body", { cache: "no-store", headers });
      if (answer.status === 401 || answer.status === 403) return ask((await answer.json()).detail);
      if (!answer.ok) throw new Error(answer.status);
      const fresh = document.createElement("main");
      fresh.innerHTML = await answer.text();
      for (const part of fresh.querySelectorAll("details")) {
        const old = document.getElementById(part.id);
        if (old) part.open = old.open;
      }
      body.replaceChildren(...fresh.childNodes);
      form.hidden = true;
      state.textContent = "更新于 " + new Date().toLocaleTimeString("zh-CN");
    } catch {
      state.textContent = "网关暂无答复，稍后再试";
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sessionStorage.setItem("token", field.value.trim());
    field.value = "";
    refresh();
  });
  setInterval(() => form.hidden && refresh(), 10000);
  document.addEventListener("visibilitychange", () => form.hidden && refresh());
  refresh();
})();
