import { datasetMessages } from './messages-datasets';
import { dialogueMessages } from './messages-dialogues';
import { evaluateMessages } from './messages-evaluate';
import { guideMessages } from './messages-guide';
import { modelMessages } from './messages-models';
import { navMessages } from './messages-nav';
import { prebuiltMessages } from './messages-prebuilt';
import { experimentMessages } from './messages-experiments';
import { ratingMessages } from './messages-rating';
import { runMessages } from './messages-runs';
import { shareMessages } from './messages-share';
import { seatMessages } from './messages-seats';

/*
 * Every string of the pages, by key. `{name}` is replaced. A further language is a further `Translation`, listed in
 * `languages.ts`. A feature of its own keeps its strings in `messages-<feature>.ts`, spread in here.
 */
export const english = {
  ...navMessages,
  ...datasetMessages,
  ...modelMessages,
  ...experimentMessages,
  ...runMessages,
  ...dialogueMessages,
  ...evaluateMessages,
  ...guideMessages,
  ...prebuiltMessages,
  ...shareMessages,
  ...seatMessages,
  ...ratingMessages,
  'app.name': 'Interplay Lab',
  'app.tagline': 'two small models, one conversation, no answer key',
  'app.skip': 'Skip to the conversation',
  'app.description':
    'Two independent language models hold a recommendation dialogue on your own machine.',
  'theme.label': 'Colours',
  'theme.system': 'as the system',
  'theme.light': 'light',
  'theme.dark': 'dark',
  'theme.contrast': 'high contrast',
  'privacy.enforced': 'Nothing leaves this machine',
  'privacy.enforced.short': 'Stays here',
  'privacy.enforced.why':
    'The browser enforces it: this page’s security policy allows no connection to any other address.',
  'privacy.open': 'Network allowed',
  'privacy.open.short': 'Network',
  'privacy.open.why':
    'This page was served with a policy that lets it connect to other addresses. Dialogues can leave this machine.',

  'intro.headline': 'Two small language models talk about {items}, and neither knows the answer.',
  'intro.lead':
    'Simulated users usually peek: they are told which {item} they will “like”, and steer to it. Here each side is a model of its own and knows only what such a person would.',
  'intro.user.knows': 'a taste, in a sentence or two, and what it is after tonight',
  'intro.user.never': 'never a target {item}',
  'intro.recommender.knows': 'the conversation, nothing else',
  'intro.recommender.never': 'never the profile',
  'intro.talk': 'They talk',
  'intro.talk.how': 'Each turn commits to its actions first, then speaks.',
  'intro.targets': 'Hidden targets',
  'intro.targets.how': 'Read by the score alone, when all is said.',
  'intro.fold': 'How it works',
  'intro.more':
    'Chips show what a turn does, cards what anyone could look up. On the side stands the exact text that each model reads. Everything is kept in this browser, turn by turn; the same seed, profile and model give the same dialogue again.',

  'role.user': 'User simulator',
  'role.recommender': 'Recommender',
  knows: 'knows',

  'start.first': 'Let them talk',
  'start.again': 'Let them talk again',
  'start.hint': 'Loads {size} of weights once, from this site; then it works offline.',
  'start.hint.none': 'No model is needed for these two seats.',
  'control.pause': 'Pause',
  'control.pausing': 'Pausing after this turn',
  'control.resume': 'Go on',
  'control.step': 'Step',
  'control.step.hint': 'One turn, then pause',
  'control.stop': 'Stop',
  'control.continue': 'Continue this dialogue',
  'control.group': 'Dialogue controls',

  'setup.title': 'Set-up',
  'setup.summary': '{profile} · seed {seed}',
  'setup.domain': 'Domain',
  'setup.locked': 'Settings apply to the next dialogue.',
  'profile.title': 'Who the user is',
  'profile.pick': 'Profile',
  'profile.next': 'Next profile',
  'profile.previous': 'Previous profile',
  'profile.random': 'Random profile',
  'profile.wants': 'wants',
  'profile.avoids': 'not',
  'profile.fits': '{count} of {total} {items} fit this',
  'profile.fits.why':
    'The crowd in which the hidden targets hide. With a handful, the target is as good as named; with thousands, everything fits.',
  'profile.write': 'Write a profile',
  'profile.import': 'Import profiles',
  'profile.export': 'Export mine',
  'profile.remove': 'Delete this profile',
  'profile.own': 'yours',
  'profile.count': '{index} of {total}',
  'seats.title': 'Who sits where',
  'seat.model': 'Language model',
  'seat.honest': 'Honest script',
  'seat.always-accept': 'Always accepts',
  'seat.never-accept': 'Never accepts',
  'seat.random': 'Random {items}',
  'seat.popularity': 'Most popular',
  'seat.learned': 'Learned ranker',
  'seat.content': 'Best match',
  'seat.graph': 'Knowledge graph',
  'seat.modular': 'Modular: ranker, policy, templates',
  'seat.modular-graph': 'Modular with knowledge graph',
  'seat.oracle': 'Oracle (sees targets)',
  'seat.counterpart': 'Counterpart (writes both sides)',
  'seat.counterpart.warning':
    'Reference-dependent: one model was handed the targets and writes both sides. The baseline that reference-free simulation is compared with; its leaks are counted.',
  'seat.counterpart.missing':
    'Its weights are not here: no model of this site or of yours was fine-tuned to write both sides. Add one on the Models page; then this choice works.',
  'seat.oracle.warning':
    'Reference-dependent: it is handed the hidden targets. An upper bound, never a competitor.',
  'seat.always-accept.warning':
    'A control: it takes whatever it is offered. No score may reward it.',
  'settings.title': 'Conditions',
  'settings.seed': 'Seed',
  'settings.seed.new': 'New seed',
  'settings.maxTurns': 'Most turns',
  'settings.candidates': 'K',
  'settings.candidates.hint': 'How many of the ranker’s best the recommender can name; 0 = all',
  'settings.temperature': 'Temp.',

  'engine.title': 'Where it runs',
  'engine.choose': 'Engine',
  'engine.auto': 'Automatic',
  'engine.webgpu': 'WebGPU',
  'engine.wasm': 'WebAssembly (CPU)',
  'engine.native': 'Native',
  'engine.http': 'Endpoint',
  'engine.scripted': 'Script',
  'engine.none': 'No model',
  'engine.runs': 'Runs on {engine}',
  'engine.would': 'Will run on {engine}',
  'engine.zeroShot': 'zero-shot',
  'engine.zeroShot.why':
    'a model that nobody trained for this role follows the prompt alone. Expect clumsy talk.',
  'load.wait': 'Waits for the files',
  'load.download': 'Fetching weights',
  'load.verify': 'Checking weights',
  'load.prepare': 'Preparing',
  'load.ready': 'Ready',
  'load.bytes': '{done} of {total}',
  'load.left': '{time} left',
  'load.cancel': 'Cancel loading',
  'load.cancelled': 'Loading was cancelled.',

  'talk.title': 'Conversation',
  'talk.empty': 'Nothing said yet. The user speaks first.',
  'talk.speaking': '{role} is speaking',
  'talk.thinking': 'reading',
  'talk.resumed': 'Continued after a reload: numbers may round differently from here on.',
  'talk.said': '{role}, turn {turn}: {text}',
  'talk.state': '{turns} of at most {most} turns',
  'turn.details': 'Turn {turn}',
  'turn.time': '{time}',
  'turn.tokens': '{completion} tokens',
  'turn.prompt': 'prompt {prompt}, {cached} cached',
  'turn.seed': 'seed {seed}',
  'turn.raw': 'Raw output',
  'turn.drafts': 'drawn {times} times',
  'draft.violation': 'Thrown away, it broke a rule',
  'draft.unnamed': 'Thrown away, it did not name what it recommended',
  'draft.repeat': 'Thrown away, it repeated itself',
  'draft.role-swap': 'Thrown away, it spoke as the other side',
  'turn.script': 'set phrases, no model',
  'turn.fits': 'fits the profile',
  'turn.misfits': 'does not fit',
  'turn.target': 'a hidden target',

  'action.inform': 'inform',
  'action.ask': 'ask',
  'action.accept': 'accept',
  'action.reject': 'reject',
  'action.seen': 'seen',
  'action.chat': 'chat',
  'action.bye': 'bye',
  'action.recommend': 'recommend',
  'action.answer': 'answer',

  'violation.unparsed': 'no action line',
  'violation.unknown-action': 'unknown action: {found}',
  'violation.repeated-action': 'action twice: {found}',
  'violation.missing-item': '{found} names nothing',
  'violation.unknown-item': 'not in the catalogue: {found}',
  'violation.not-recommended': 'was never recommended: {found}',
  'violation.stray-title': 'title out of nowhere: {found}',
  'violation.loose-line': 'untidy action line',
  'violation.repeated-item': 'named twice: {found}',
  'violation.contradiction': 'contradicts itself',
  'violation.empty-text': 'says nothing',
  'violation.cut-off': 'cut off at the token limit',
  'violation.group': 'Rule broken',

  'prompts.title': 'What each model sees',
  'prompts.exact': 'Exact prompt of turn {turn}',
  'prompts.now': 'Prompt of turn {turn}, being answered',
  'prompts.next': 'Before anyone has spoken',
  'prompts.none': 'No model sits here; one would read:',
  'prompts.show': 'Show',
  'prompts.raw': 'Special tokens',
  'prompts.copy': 'Copy',
  'prompts.copied': 'Copied',
  'prompts.region': 'Prompt of the {role}',
  'prompts.own': 'own turn',
  'prompts.heard': 'heard',
  'prompts.system': 'instructions',

  'hidden.title': 'What neither model sees',
  'hidden.handed': 'What this system was handed',
  'hidden.handed.why':
    'Real {items} this person liked. A reference-dependent system was told them: finding them is no merit, and each leak is counted.',
  'hidden.targets': 'Hidden targets',
  'hidden.none': 'This profile has no hidden targets.',
  'hidden.why':
    'Real {items} this person liked. No prompt is made from them; swapping them for others leaves every prompt unchanged to the byte.',

  'outcome.title': 'Outcome',
  'outcome.empty':
    'When they are done: who succeeded, what was really a fit, and which rules were broken.',
  'outcome.running': 'so far',
  'outcome.accepted': 'Accepted',
  'outcome.declined': 'Ended without an accept',
  'outcome.limit': 'Turn limit reached',
  'outcome.loop': 'Stopped: a role repeats itself',
  'outcome.degenerate': 'Stopped: broken turns in a row',
  'outcome.failed': 'The engine failed',
  'outcome.stopped': 'Stopped by you',
  'outcome.unfinished': 'Unfinished',
  'outcome.took': 'took {items}',
  'figure.raw': 'Raw success',
  'figure.raw.means': 'Whether the user accepted anything.',
  'figure.verified': 'Verified success',
  'figure.verified.means': 'Accepted, and it fits: half of the wishes, none of the dislikes.',
  'figure.false': 'False accepts',
  'figure.false.means': 'Accepts of what does not fit.',
  'figure.exchanges': 'Exchanges',
  'figure.exchanges.means': 'A turn and its answer. One or two is no conversation.',
  'figure.recommended': 'Fitting',
  'figure.recommended.means': 'Of all that was recommended.',
  'figure.targets': 'Targets found',
  'figure.targets.means': 'Among the recommended. A good answer need not be one.',
  'figure.violations': 'Violations',
  'figure.violations.means': 'Broken action lines, invented titles. Counted, never repaired.',
  'figure.leaks': 'Leaks',
  'figure.leaks.means':
    'Targets in a prompt, or said by the user, before the recommender said them.',
  'figure.of': '{part} of {all}',
  'figure.yes': 'yes',
  'figure.no': 'no',
  'figure.unknown': 'not known: {reason}',
  'ledger.title': 'Who named what first',
  'ledger.entry': 'Turn {turn}, {role}',
  'ledger.target': 'target',
  'outcome.reference':
    'Reference-dependent: was handed the targets. Leaks are counted; this is no competitor.',

  'held.title': 'Held dialogues',
  'held.none': 'None yet. Every turn is kept in this browser as it is spoken.',
  'held.delete': 'Delete dialogue of {when}',
  'held.export': 'Export all (JSONL)',
  'held.exportOne': 'Export this dialogue (JSONL)',
  'held.import': 'Import (JSONL)',
  'held.unfinished': 'unfinished',

  'form.title': 'Write a profile',
  'form.summary': 'Who is it, in a sentence or two?',
  'form.summary.hint': 'Tastes, not titles to be found: what anyone might say about themselves.',
  'form.wanted': 'Wants now',
  'form.unwanted': 'Does not want',
  'form.type': 'Kind',
  'form.value': 'Value',
  'form.add': 'Add',
  'form.remove': 'Remove {value}',
  'form.fits': '{count} of {total} {items} fit',
  'form.fits.few': 'Few enough to be as good as named: loosen a wish.',
  'form.fits.many': 'So many that nearly anything fits: add a wish.',
  'form.fits.good': 'A good crowd to hide in (20–300).',
  'form.save': 'Save and use',
  'form.cancel': 'Cancel',
  'form.needs': 'Write a summary and pick at least one wish.',
  'form.targets': 'Hand-written profiles have no hidden targets, so target recall is not computed.',

  'import.title': 'Import',
  'import.done': '{count} added.',
  'import.problems': '{count} lines were left out:',
  'import.line': 'Line {line}: {reason}',
  'import.close': 'Close',

  'error.title': 'That did not work',
  'error.retry': 'Try again',
  'error.dismiss': 'Dismiss',
  'error.detail': 'Detail for a bug report',
  'error.code': 'Code {code}',
  'held.space': '{used} kept in this browser.',
  'boot.loading': 'Opening the catalogue …',

  'engineHost.title': 'Engine host',
  'engineHost.text':
    'This page lends its engines to the command line. There is nothing to see here: the laboratory is one level up.',
} as const;

export type MessageKey = keyof typeof english;
export type MessageValues = Readonly<Record<string, string | number>>;

/** Messages of another language; what it lacks is said in English. */
export type Translation = Readonly<Partial<Record<MessageKey, string>>>;

let spoken: Translation = {};

/** Says everything in another language from now on. What was drawn before must be drawn again. */
export function speak(translation: Translation): void {
  spoken = translation;
}

/** A message with its `{name}`s filled in; an unknown name stays as it is, to be seen. */
export function say(key: MessageKey, values: MessageValues = {}): string {
  return (spoken[key] ?? english[key]).replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}
