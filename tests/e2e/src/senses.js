// Runs in a window, before the page's own scripts where that can be had. Notes what a screen reader
// would say of the page's live regions, where the focus is lost, and whether a mouse was used.
{
  const senses = (window.hallpassSenses = { said: [], lost: [], mouse: [] });

  const LIVE = '[role=status], [role=alert], [aria-live]';
  const isSilent = (element) => {
    const { display, visibility } = getComputedStyle(element);
    return display === 'none' || visibility === 'hidden'
      || element.getAttribute('aria-hidden') === 'true'
      || element.matches('details:not([open]) > :not(summary)');
  };
  const read = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || isSilent(node)) return '';
    const words = [...node.childNodes].map(read).join('');
    return getComputedStyle(node).display === 'inline' ? words : ` ${words} `;
  };
  const isHeard = (node, region) => {
    for (let part = node.parentElement; part && part !== region; part = part.parentElement) {
      if (isSilent(part)) return false;
    }
    return !isSilent(region);
  };
  // Each thing that is new is said for itself; in an atomic region all of it (WAI-ARIA 1.2, 6.6.1:
  // `status` and `alert` are, unless they say otherwise).
  const say = (region, nodes) => {
    const atomic = region.getAttribute('aria-atomic')
      ?? String(region.matches('[role=status], [role=alert]'));
    const parts = atomic === 'true' ? [region] : nodes;
    for (const part of parts) {
      if (part !== region && !isHeard(part, region)) continue;
      const words = read(part).replace(/\s+/g, ' ').trim();
      if (words) senses.said.push(`${region.getAttribute('role') ?? 'live'}: ${words}`);
    }
  };
  new MutationObserver((records) => {
    const changed = new Map();
    for (const { type, target, addedNodes } of records) {
      for (const node of type === 'childList' ? addedNodes : [target]) {
        const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
        const region = element?.parentElement && element.closest(LIVE);
        if (!region || !node.isConnected || node === region) continue;
        if (!changed.has(region)) changed.set(region, new Set());
        changed.get(region).add(node);
      }
    }
    for (const [region, nodes] of changed) {
      const outer = [...nodes].filter((node) =>
        ![...nodes].some((other) => other !== node && other.contains(node)));
      outer.sort((a, b) =>
        a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
      say(region, outer);
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true,
    attributes: true, attributeFilter: ['hidden', 'aria-hidden'],
  });

  // The focus is lost when it was on something, nobody has moved it with Tab, and the page as a whole
  // has had it for longer than leading it elsewhere takes.
  const GRACE = 250;
  let last = null;
  let since = null;
  // From the press on, until the focus has arrived or another key is pressed: at the end of the page it
  // arrives nowhere, and on a busy machine it takes its time.
  let isTabbing = false;
  const nameOf = (element) => `${element.localName} "${element.textContent.trim().slice(0, 40)}"`;
  addEventListener('focusin', ({ target }) => {
    last = nameOf(target);
    isTabbing = false;
  }, true);
  addEventListener('keydown', ({ key }) => {
    isTabbing = key === 'Tab';
  }, true);
  setInterval(() => {
    const active = document.activeElement;
    if (active && active !== document.body && active !== document.documentElement) {
      since = null;
    } else if (isTabbing) {
      last = null;
    } else if (last) {
      since ??= performance.now();
      if (performance.now() - since > GRACE) {
        senses.lost.push(last);
        last = since = null;
      }
    }
  }, 20);

  // A key that presses a button makes a click without a pointer.
  for (const type of ['pointerdown', 'mousedown', 'touchstart']) {
    addEventListener(type, ({ target }) => { senses.mouse.push(nameOf(target)); }, true);
  }
}
