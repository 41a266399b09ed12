// The progress of a workbook under way, without reloading; once it is over the
// page shows what came of it. Without script the page reloads by itself.

const box = document.querySelector('[data-step]');
if (box instanceof HTMLElement) {
  const ask = setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'application/json' } });
      if (!answer.ok) return;
      const now = await answer.json();
      if (now.lost || !['reading', 'checking', 'writing'].includes(now.state)) {
        clearInterval(ask);
        location.reload();
        return;
      }
      const bar = box.querySelector('progress');
      const said = box.querySelector('[data-said]');
      if (bar) bar.value = now.percent;
      if (said) said.textContent = now.text;
    } catch {
      // No network for a moment: the next round asks again.
    }
  }, 1000);
}
