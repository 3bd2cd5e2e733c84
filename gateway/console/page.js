"use strict";
// Fetches the facts every ten seconds while somebody looks, and keeps open what was open.
(() => {
  // A link with another token, followed while somebody is signed in: that token counts.
  if (new URLSearchParams(location.hash.slice(1)).get("token")) return location.replace("/sign-in" + location.hash);
  const body = document.getElementById("body");
  const state = document.getElementById("state");
  const refresh = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch("/?part=body", { cache: "no-store" });
      if (answer.status === 401 || answer.status === 403) return location.assign("/sign-in");
      if (!answer.ok) throw new Error(answer.status);
      const fresh = document.createElement("div");
      fresh.innerHTML = await answer.text();
      for (const part of fresh.querySelectorAll("details")) {
        const old = document.getElementById(part.id);
        if (old) part.open = old.open;
      }
      body.replaceChildren(...fresh.childNodes);
      state.textContent = "更新于 " + new Date().toLocaleTimeString("zh-CN");
    } catch {
      state.textContent = "网关暂无答复，稍后再试";
    }
  };
  setInterval(refresh, 10000);
  document.addEventListener("visibilitychange", refresh);
})();
