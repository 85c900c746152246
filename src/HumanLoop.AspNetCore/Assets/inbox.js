// The inbox in the browser: keys, the next review before it is asked for, signs of life, countdowns. Everything that is decided is decided by the server.
const $ = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Filters apply as they are chosen; a chosen box can choose the whole page.
document.addEventListener('change', event => {
  if (event.target.matches('[data-submit]')) event.target.form.requestSubmit();
  if (event.target.matches('[data-all]')) all('input[name=id]', event.target.form).forEach(box => { box.checked = event.target.checked; });
});

function toast(text) {
  const place = $('#toast');
  place.textContent = text;
  place.dataset.shown = '';
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => delete place.dataset.shown, 6000);
}

const desk = $('#desk');
if (desk) start(desk);

function start(desk) {
  const stage = $('#stage'), waiting = $('#waiting'), history = $('#history');
  const filter = new URLSearchParams(location.search);
  const keys = keymap();
  let current = null;
  let spares = [];

  // What was sent off. An answer that was on its way meanwhile may bring such a card again.
  const gone = new Set();
  const seen = card => `${card.dataset.id}@${card.dataset.revision}`;
  let count = 0;
  let steps = 0;
  let idle = null;

  // ---- what the server sends

  async function send(step, fields, form) {
    const body = form ? new URLSearchParams(new FormData(form)) : new URLSearchParams();
    for (const [name, value] of fields) body.append(name, value);
    for (const name of ['workflow', 'segment']) if (filter.get(name)) body.append(name, filter.get(name));
    return fetch(`desk/${step}`, { method: 'POST', body, headers: { 'X-HumanLoop': '1' } });
  }

  const have = cards => cards.filter(Boolean).map(card => ['have', card.dataset.id]);

  function read(html, isNew = true) {
    const reply = new DOMParser().parseFromString(html, 'text/html');
    const box = $('[data-reply]', reply);
    const notice = $('[data-notice]', reply);
    if (notice) toast(notice.textContent);
    for (const done of all('[data-done]', reply)) {
      if (isNew) store('count', ++count);
      remember(document.adoptNode(done));
    }
    if (box) progress(box.dataset);
    return all('article.card', reply).map(card => document.adoptNode(card));
  }

  // A step that takes the current card away. The next one is there before the server has answered; if the answer is no, the card comes back.
  async function step(name, card, fields, form) {
    spares = spares.filter(spare => spare !== card);
    gone.add(seen(card));
    if (current === card) show(spares.shift() ?? null);
    steps++;
    try {
      const response = await send(name, [...fields, ...have([current, ...spares])], form);
      const html = await response.text();
      const cards = read(html);
      if (response.status === 422) return back(cards[0]);
      if (!response.ok && !cards.length) {
        return [401, 403, 503].includes(response.status) || response.status >= 500 ? back(card) : next();
      }
      take(cards);
    } catch {
      toast('The server cannot be reached. Your answer was not sent.');
      back(card);
    } finally {
      steps--;
      look();
    }
  }

  function back(card) {
    gone.delete(seen(card));
    if (current) spares.unshift(current);
    show(card);
    if ($('[data-edit]:not([hidden])', card)) mode(card, 'edit');
  }

  function take(cards) {
    const known = [current, ...spares].filter(Boolean).map(card => card.dataset.id);
    spares.push(...cards.filter(card => !known.includes(card.dataset.id) && !gone.has(seen(card))));
    if (!current && spares.length) show(spares.shift());
  }

  function show(card) {
    current?.remove();
    current = card;
    waiting.hidden = card !== null;
    if (!card) return;
    clearTimeout(idle);
    stage.append(card);
    paintKeys(card);
    tick();
    card.focus({ preventScroll: true });
    stage.scrollTo?.(0, 0);
  }

  // Nothing to do: ask now and then, as long as somebody looks.
  function look() {
    if (current || steps) return;
    waiting.textContent = 'Nothing waits for you. This page looks again by itself.';
    clearTimeout(idle);
    idle = setTimeout(() => document.hidden ? look() : next(), 5000);
  }

  async function next(fields = []) {
    steps++;
    try {
      const response = await send('next', [...fields, ...have([current, ...spares])]);
      take(read(await response.text()));
    } catch {
      toast('The server cannot be reached.');
    } finally {
      steps--;
      look();
    }
  }

  // ---- what a reviewer does

  function decide(card, verdict) {
    const form = $('[data-form]', card);
    const fields = [['verdict', verdict]];
    const right = $(`[data-right=${verdict}]`, form);
    all('[data-right]', form).forEach(box => { if (box !== right) box.checked = false; });
    if (verdict !== 'rejected') all('[name=reason]', form).forEach(reason => { reason.checked = false; });
    return step('decide', card, fields, form);
  }

  const named = card => [['id', card.dataset.id], ['revision', card.dataset.revision]];

  const actions = {
    approve: card => $('[data-do=approve]', card) && decide(card, 'approved'),
    edit: card => modeOf(card) === 'edit' ? decide(card, 'corrected') : $('[data-edit]', card) && mode(card, 'edit'),
    reject: card => modeOf(card) === 'reject' ? decide(card, 'rejected') : mode(card, 'reject'),
    abstain: card => decide(card, 'abstained'),
    escalate: card => step('escalate', card, named(card)),
    later: card => step('later', card, named(card)),
    guidelines: card => { const details = $('[data-guidelines]', card); if (details) details.open = !details.open; },
    undo: () => undo($('[data-undo]', history)),
    help: () => $('#help').showModal(),
  };

  async function undo(button) {
    if (!button) return toast('There is nothing that can still be taken back.');
    const entry = button.closest('[data-done]');
    button.remove();
    const response = await send('undo', [['id', entry.dataset.done], ['revision', entry.dataset.revision], ...have([current, ...spares])]);
    const [card] = read(await response.text());
    if (!card) return;
    entry.remove();
    saveHistory();
    if (current) spares.unshift(current);
    show(card);
  }

  const modeOf = card => card.dataset.mode ?? 'view';

  function mode(card, wanted) {
    // Who answers blind has nothing to look at but the form.
    if (wanted === 'view' && 'blind' in card.dataset) wanted = 'edit';
    card.dataset.mode = wanted;
    all('[data-view]', card).forEach(part => { part.hidden = wanted === 'edit'; });
    all('[data-edit]', card).forEach(part => { part.hidden = wanted !== 'edit'; });
    all('[data-reject]', card).forEach(part => { part.hidden = wanted !== 'reject'; });
    all('[data-comment]', card).forEach(part => { part.hidden = wanted === 'view'; });
    for (const button of all('[data-do]', card)) {
      const own = button.dataset.do === wanted;
      all('[data-when=view]', button).forEach(text => { text.hidden = own; });
      all(`[data-when]:not([data-when=view])`, button).forEach(text => { text.hidden = !own; });
    }
    const first = wanted === 'edit' ? $('[data-edit] :is(.weak input, .weak textarea, .weak select)', card) ?? $('[data-fields] :is(input:not([type=hidden]), textarea, select)', card)
      : wanted === 'reject' ? $('[data-reject] input', card) ?? $('[data-comment] textarea', card) : card;
    first?.focus();
  }

  // A number answers a closed set, or picks a reason.
  function digit(card, number) {
    const reasons = modeOf(card) === 'reject';
    const choice = $(reasons ? `[data-reject] [data-digit="${number}"]` : `[data-fields] [data-answer="${number}"]`, card);
    if (!choice) return false;
    if (!reasons) mode(card, 'edit');
    choice.checked = true;
    choice.focus();
    choice.dispatchEvent(new Event('input', { bubbles: true }));
    return true;
  }

  document.addEventListener('keydown', event => {
    const open = $('dialog[open]');
    if (event.defaultPrevented || open) return;
    const field = event.target.matches('input:not([type=checkbox], [type=radio]), textarea, select');
    if (event.key === 'Escape' && current && modeOf(current) !== 'view') return mode(current, 'view');
    if (event.key === 'Enter' && current && modeOf(current) !== 'view' && (event.ctrlKey || event.metaKey || event.target.matches('[type=radio], [type=checkbox]'))) {
      event.preventDefault();
      return actions[modeOf(current)](current);
    }
    if (field || event.ctrlKey || event.metaKey || event.altKey) return;
    if (current && /^[1-9]$/.test(event.key) && digit(current, event.key)) return event.preventDefault();
    const action = keys.of(event.key);
    if (!action || (!current && !['undo', 'help'].includes(action))) return;
    event.preventDefault();
    actions[action](current);
  });

  document.addEventListener('click', event => {
    const button = event.target.closest('[data-do]');
    if (button) actions[button.dataset.do](button.closest('article.card') ?? current);
    const undone = event.target.closest('[data-undo]');
    if (undone) undo(undone);
    const row = event.target.closest('[data-row]');
    if (row) rows(row);
  });

  document.addEventListener('submit', event => { if (event.target.matches('[data-form]')) event.preventDefault(); });

  async function rows(button) {
    const card = button.closest('article.card');
    const response = await send('form', [[button.dataset.row, button.value]], $('[data-form]', card));
    if (response.ok) $('[data-fields]', card).innerHTML = await response.text();
  }

  // What changes is shown a moment after the typing stops.
  let typing = null;
  document.addEventListener('input', event => {
    const card = event.target.closest('article.card');
    if (!card || !event.target.closest('[data-fields]')) return;
    clearTimeout(typing);
    typing = setTimeout(async () => {
      const response = await send('form', [['only', 'diff']], $('[data-form]', card));
      const place = $('[data-diff]', card);
      if (response.ok && place) place.innerHTML = await response.text();
    }, 250);
  });

  // ---- the last verdicts

  function remember(entry) {
    history.prepend(entry);
    paintKeys(entry);
    while (history.children.length > 10) history.lastElementChild.remove();
    saveHistory();
  }

  function saveHistory() {
    $('#no-history').hidden = history.children.length > 0;
    store('history', JSON.stringify(all('[data-done]', history).map(entry => entry.dataset.done)));
  }

  // ---- signs of life and the clock

  async function keep() {
    const held = [current, ...spares].filter(Boolean);
    if (!held.length) return;
    try {
      const response = await send('keep', held.map(card => ['held', `${card.dataset.id}@${card.dataset.revision}`]));
      const lost = (await response.text()).split('\n').filter(Boolean);
      if (response.ok && lost.length) lose(lost);
    } catch {
      toast('The server cannot be reached: your hold on this review may end.');
    }
  }

  function lose(ids) {
    spares = spares.filter(card => !ids.includes(card.dataset.id));
    if (current && ids.includes(current.dataset.id)) {
      toast('Your hold on that review had ended, and somebody else may decide it.');
      show(spares.shift() ?? null);
    }
    next();
  }

  function beat() {
    const leases = [current, ...spares].filter(Boolean).map(card => Number(card.dataset.lease));
    setTimeout(async () => { await keep(); beat(); }, Math.max(1000, Math.min(60000, ...leases.map(lease => lease / 3))));
  }

  function tick() {
    const now = Date.now();
    for (const due of all('[data-countdown]', stage)) {
      const minutes = Math.round((Number(due.dataset.countdown) - now) / 60000);
      const size = Math.abs(minutes);
      const span = size < 60 ? `${size} min` : size < 2880 ? `${Math.floor(size / 60)} h ${size % 60} min` : `${Math.floor(size / 1440)} days`;
      due.textContent = minutes < 0 ? `overdue by ${span}` : `due in ${span}`;
      due.classList.toggle('late', minutes < 0);
    }
    for (const button of all('[data-undo]', history)) if (Number(button.dataset.until) < now) button.remove();
  }

  function progress({ waiting, overdue }) {
    const late = Number(overdue) > 0 ? `, ${overdue} overdue` : '';
    $('#progress').textContent = `${waiting} waiting${late} · you decided ${count}`;
  }

  // ---- keys

  function keymap() {
    const usual = { approve: 'a', edit: 'e', reject: 'x', abstain: 'n', escalate: 'f', later: 's', undo: 'u', guidelines: 'g', help: '?' };
    const labels = { approve: 'Approve', edit: 'Edit, then send the correction', reject: 'Reject, then send the rejection', abstain: "Can't say", escalate: 'Send up', later: 'Later', undo: 'Take the last verdict back', guidelines: 'Guidelines', help: 'This list' };
    let own = {};
    try { own = JSON.parse(localStorage.getItem('humanloop.keys') ?? '{}'); } catch { /* Somebody else's value: the usual keys. */ }
    const at = action => own[action] ?? usual[action];
    return {
      labels,
      at,
      of: key => Object.keys(usual).find(action => at(action) === key || at(action) === key.toLowerCase()),
      set(action, key) { own = { ...own, [action]: key }; localStorage.setItem('humanloop.keys', JSON.stringify(own)); },
      reset() { own = {}; localStorage.removeItem('humanloop.keys'); },
    };
  }

  function paintKeys(within) {
    for (const key of all('[data-key]', within)) key.textContent = keys.at(key.dataset.key);
  }

  function listKeys() {
    const list = $('#keys');
    list.replaceChildren(...Object.entries(keys.labels).map(([action, label]) => {
      const row = document.createElement('tr'), name = document.createElement('td'), cell = document.createElement('td'), button = document.createElement('button');
      name.textContent = label;
      button.type = 'button';
      button.className = 'small';
      button.textContent = keys.at(action);
      button.setAttribute('aria-label', `Key for ${label}: ${keys.at(action)}`);
      button.addEventListener('click', () => {
        button.textContent = '…';
        button.addEventListener('keydown', event => {
          event.preventDefault();
          event.stopPropagation();
          if (event.key.length === 1 && !/[1-9]/.test(event.key)) keys.set(action, event.key);
          listKeys();
          paintKeys(document);
        }, { once: true });
      });
      cell.append(button);
      row.append(name, cell);
      return row;
    }));
  }

  $('#reset-keys').addEventListener('click', () => { keys.reset(); listKeys(); paintKeys(document); });

  // ---- begin

  function store(name, value) { try { sessionStorage.setItem(`humanloop.${name}`, value); } catch { /* A private window without storage: nothing is kept. */ } }
  function stored(name) { try { return sessionStorage.getItem(`humanloop.${name}`); } catch { return null; } }

  async function begin() {
    listKeys();
    paintKeys(document);
    count = Number(stored('count') ?? 0);
    const done = JSON.parse(stored('history') ?? '[]');
    if (desk.dataset.take) {
      const response = await send('take', [['id', desk.dataset.take]]);
      take(read(await response.text()));
      const plain = new URLSearchParams(location.search);
      plain.delete('take');
      window.history.replaceState(null, '', `./${plain.size ? `?${plain}` : ''}`);
    } else {
      await next();
    }
    if (done.length) {
      const response = await send('done', done.map(id => ['id', id]));
      if (response.ok) read(await response.text(), false);
    }
    look();
    beat();
    setInterval(tick, 1000);
  }

  begin();
}
