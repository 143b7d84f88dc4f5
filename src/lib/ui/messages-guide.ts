/** The guide: what reference-free means, both sides' views, the classroom preset, the tour. */
export const guideMessages = {
  'guide.title': 'What is reference-free?',
  'guide.lead':
    'Simulated users are usually handed the item that they shall accept, and steer to it. Then a score says how well the answer was passed on. Here neither side has an answer key: this page shows all that each one reads.',
  'guide.reading': 'Reading the sample dialogues …',
  'guide.views': 'What each side reads, turn by turn',
  'guide.views.lead':
    'These are the prompts themselves, made by the code that asks the models. Go through the turns: what is new is marked at its edge.',
  'guide.which': 'Dialogue',
  'guide.which.free': 'Sample, reference-free',
  'guide.which.dependent': 'Sample, reference-dependent',
  'guide.which.own': 'Your dialogue',
  'guide.gone': 'That dialogue is not kept here any more.',
  'guide.step': 'Turn',
  'guide.step.none': 'Before anyone has spoken',
  'guide.step.at': 'After turn {turn} of {turns}',
  'guide.back': 'Turn before',
  'guide.next': 'Next turn',
  'guide.said': 'Said last',
  'guide.speaks': '{role} speaks next',
  'guide.over': 'The dialogue is over',
  'guide.sight.user': 'The user simulator reads',
  'guide.sight.recommender': 'The recommender reads',
  'guide.sight.both': 'The one model that writes both sides reads',
  'guide.kind.exact': 'as recorded',
  'guide.kind.made': 'as the code makes it from the record',
  'guide.hidden': 'What neither side reads',
  'guide.hidden.handed': 'What this system was handed',
  'guide.hidden.free':
    'Real {items} that this person liked. They are read by the score alone, when all is said.',
  'guide.hidden.dependent':
    'This system was told them. Whatever it finds, it did not have to look for.',
  'guide.hidden.none': 'This dialogue has no hidden targets.',
  'guide.beside': 'With and without an answer key',
  'guide.beside.lead':
    'The same person, once simulated without and once with the targets. Marked: a hidden target where it is a leak, and one that was rightly found.',
  'guide.free': 'Reference-free',
  'guide.dependent': 'Reference-dependent: was handed the targets',
  'guide.spoke': 'Who spoke',
  'guide.noModel.free':
    'No language model spoke here: scripts and rankers did, from the same views.',
  'guide.noModel.dependent':
    'No language model spoke here: a script did, doing what its prompt says.',
  'guide.targets': 'When each target came up',
  'guide.target.history': 'leak: stands in the profile',
  'guide.target.prompt': 'leak: stands in the prompt of turn {turn}, before anyone said it',
  'guide.target.user': 'leak: the user named it first, turn {turn}',
  'guide.target.recommender': 'found: the recommender named it first, turn {turn}',
  'guide.target.nobody': 'never named, and in no prompt',
  'guide.mark.leak': 'leak',
  'guide.mark.target': 'target',

  'classroom.title': 'For a class',
  'classroom.lead':
    'One click: type that can be read from the last row, a profile that says clearly what it wants, and two seats that need no model. Nothing is fetched, so it works offline. Models can be chosen afterwards.',
  'classroom.enter': 'Set up for a class',
  'classroom.leave': 'Back to my settings',
  'classroom.address': 'The address with ?preset=classroom does the same.',

  'tour.title': 'The page in one minute',
  'tour.lead': 'Six steps, at the real controls of the page Talk. Escape leaves the tour.',
  'tour.start': 'Start the tour',
  'tour.offer': 'New here? Six steps show what is where, in a minute.',
  'tour.no': 'No, thanks',
  'tour.step': 'Step {step} of {steps}',
  'tour.next': 'Next',
  'tour.back': 'Back',
  'tour.done': 'Done',
  'tour.skip': 'Leave the tour',
  'tour.profile.title': 'Who the user is',
  'tour.profile.text':
    'A taste in a sentence, and a few wishes. That is all that the user simulator knows; which films are its hidden targets, it does not.',
  'tour.seats.title': 'Who sits where',
  'tour.seats.text':
    'Each side is a model of its own, or a control: a script, a ranker, an oracle. Scripts need no download.',
  'tour.conditions.title': 'Conditions',
  'tour.conditions.text':
    'The seed decides every draw: same seed, profile and models, same dialogue. “Copy link” shares it all.',
  'tour.talk.title': 'The conversation',
  'tour.talk.text':
    'Here they talk. Start, pause, or go step by step; each turn is kept in this browser as it is spoken.',
  'tour.prompts.title': 'What each model sees',
  'tour.prompts.text':
    'The exact text that each side reads. Look for the targets: they are in neither.',
  'tour.outcome.title': 'Outcome and hidden targets',
  'tour.outcome.text':
    'When all is said, the score reads the targets: who succeeded, what really fitted, and whether anything leaked.',
} as const;
