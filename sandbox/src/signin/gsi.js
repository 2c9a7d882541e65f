// The token client of Google Identity Services (google.accounts.oauth2) as the sandbox has it.
(() => {
  'use strict';

  const home = new URL(document.currentScript.src).origin;

  // How often a window is looked at, in milliseconds, and how long after it closed its last
  // message may still be on its way.
  const LOOK = 200;
  const GRACE = 500;

  // Whether windows are opened, or blocked as by a browser.
  const BLOCKED = {{blocked}};

  let count = 0;

  const missing = (config) =>
    ['client_id', 'scope', 'callback'].find((name) => !config || !config[name]);

  function openWindow(parameters) {
    if (BLOCKED) return null;
    const width = 500;
    const height = 600;
    const left = Math.round(window.screenX + (window.outerWidth - width) / 2);
    const top = Math.round(window.screenY + (window.outerHeight - height) / 2);
    return window.open(
      `${home}/signin?${new URLSearchParams(parameters)}`,
      'google_signin',
      `popup=1,width=${width},height=${height},left=${left},top=${top}`,
    );
  }

  function initTokenClient(config) {
    const lacking = missing(config);
    if (lacking) console.error(`[GSI_LOGGER-OAUTH2_CLIENT]: Missing required parameter: ${lacking}.`);

    // The request that waits for its window; a newer one takes its place.
    let forget = () => {};

    function requestAccessToken(overrides = {}) {
      const failed = (type, message) => {
        if (typeof config.error_callback !== 'function') return;
        config.error_callback(Object.assign(new Error(message), { type }));
      };
      if (lacking) {
        failed('missing_required_parameter', `Missing required parameter: ${lacking}.`);
        return;
      }
      forget();

      const pick = (name) => overrides[name] ?? config[name];
      const parameters = {
        id: String((count += 1)),
        client_id: config.client_id,
        origin: window.origin,
        scope: pick('scope'),
        prompt: pick('prompt') ?? 'select_account',
        hd: config.hd ?? '',
        login_hint: pick('login_hint') ?? '',
        include_granted_scopes: String(pick('include_granted_scopes') ?? true),
        state: pick('state') ?? '',
      };
      const popup = openWindow(parameters);
      if (!popup) {
        failed('popup_failed_to_open', 'Failed to open popup window. Maybe blocked by the browser?');
        return;
      }

      const heard = (event) => {
        if (event.origin !== home || event.source !== popup) return;
        if (!event.data || event.data.sandboxSignIn !== parameters.id) return;
        forget();
        popup.close();
        config.callback(event.data.response);
      };
      let closedAt = 0;
      const look = setInterval(() => {
        if (!popup.closed) return;
        closedAt ||= Date.now();
        if (Date.now() - closedAt < GRACE) return;
        forget();
        failed('popup_closed', 'Popup window closed');
      }, LOOK);
      forget = () => {
        window.removeEventListener('message', heard);
        clearInterval(look);
      };
      window.addEventListener('message', heard);
    }

    return { requestAccessToken };
  }

  const listed = (response) => new Set(String((response && response.scope) || '').split(' '));
  const words = (scopes) => scopes.flatMap((scope) => String(scope).split(' ')).filter(Boolean);

  function hasGrantedAllScopes(response, ...scopes) {
    const granted = listed(response);
    return words(scopes).every((scope) => granted.has(scope));
  }

  function hasGrantedAnyScope(response, ...scopes) {
    const granted = listed(response);
    return words(scopes).some((scope) => granted.has(scope));
  }

  async function revoke(token, done = () => {}) {
    try {
      const answer = await fetch(`${home}/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ token }),
      });
      const body = await answer.json().catch(() => ({}));
      done(answer.ok ? { successful: true } : { successful: false, ...body });
    } catch (problem) {
      done({ successful: false, error: 'network_error', error_description: String(problem) });
    }
  }

  const google = (window.google ??= {});
  google.accounts ??= {};
  google.accounts.oauth2 = { initTokenClient, hasGrantedAllScopes, hasGrantedAnyScope, revoke };
})();
