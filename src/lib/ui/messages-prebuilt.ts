/** web-llm's prebuilt models, on a page that may connect elsewhere. */
export const prebuiltMessages = {
  'prebuilt.title': 'web-llm’s prebuilt models',
  'prebuilt.why':
    'Models that web-llm’s makers compiled and host elsewhere. They run on WebGPU, zero-shot: nobody trained them for these seats, and their files are not checked by SHA-256 here.',
  'prebuilt.show': 'Show the list',
  'prebuilt.filter': 'Find by name',
  'prebuilt.count': '{count} of {total} models',
  'prebuilt.name': 'Model',
  'prebuilt.size': 'Size',
  'prebuilt.about': 'about {bytes}',
  'prebuilt.licence': 'Licence',
  'prebuilt.memory': 'Graphics memory',
  'prebuilt.unknown': 'not told',
  'prebuilt.half': 'needs 16-bit arithmetic',
  'prebuilt.seat': 'Use as',
  'prebuilt.use.user': 'Use {model} as the user simulator',
  'prebuilt.use.recommender': 'Use {model} as the recommender',
  'prebuilt.used': '{model} sits in the seat of the {role} from the next dialogue on.',
} as const;
