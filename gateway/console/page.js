"use strict";
// Fetches the body again every ten seconds while somebody looks, and keeps open what was open.
(() => {
  const body = document.getElementById("body");
  const state = document.getElementById("state");
  const refresh = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch("/?part=body", { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      const fresh = document.createElement("main");
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
