/** Links that carry a configuration, the prompt for a new version, and how the pages look. */
export const shareMessages = {
  'share.copy': 'Copy link',
  'share.copied': 'Copied: it carries these settings, seed included.',
  'share.byHand': 'This browser does not let the page copy. Copy it by hand:',
  'share.title': 'Use the settings of this link?',
  'share.lead': 'The link sets all this. Nothing is changed before you say so.',
  'share.profile.new': 'It came with the link, and will be among your profiles.',
  'share.model.own': 'the one of that seat',
  'share.missing':
    'Not here: {models}. The seat’s own model is taken instead, so the dialogue will be another one.',
  'share.busy': 'A dialogue is being held: stop it first.',
  'share.apply': 'Use these settings',
  'share.cancel': 'Leave all as it is',

  'update.ready': 'A new version of this page is here.',
  'update.apply': 'Load it now',
  'update.later': 'Later',
  'update.waiting':
    'It is loaded as soon as the dialogue or run in flight is over: nothing is dropped.',
  'update.other': 'Another tab has loaded a new version. This one still shows the old one.',

  'look.language': 'Language',
  'look.leave': 'Leave classroom size',
} as const;
