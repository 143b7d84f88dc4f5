/** Made-up exchanges: what the system says, what the user asks, and an answer that is forced token by token. */
export const exchanges: readonly (readonly [system: string, user: string, answer: string])[] = [
  [
    'You recommend films.',
    'I love scary films.',
    '[recommend: The Shining (1980)] You should see The Shining.',
  ],
  [
    'You recommend films.',
    'Something funny for tonight?',
    '[recommend: Airplane! (1980)] It is very silly and very funny.',
  ],
  [
    'You are looking for a film.',
    'Do you like animation?',
    '[inform] Yes, I love animated films with talking animals.',
  ],
  [
    'You are looking for a film.',
    'Have you seen Alien?',
    '[seen: Alien (1979)] I saw it twice, and it scared me.',
  ],
  [
    'You recommend films.',
    'My children are six and nine.',
    '[ask] Do they prefer stories about animals or about space?',
  ],
  [
    'You know much about cinema.',
    'Who directed Jaws?',
    'Jaws was directed by Steven Spielberg and released in 1975.',
  ],
  [
    'You know much about cinema.',
    'What is film noir?',
    'Film noir is a style of crime drama with dark lighting and cynical heroes.',
  ],
  [
    'You are a helpful assistant.',
    'What is the capital of France?',
    'The capital of France is Paris, a city on the river Seine.',
  ],
  [
    'You are a helpful assistant.',
    'Count to ten.',
    'One, two, three, four, five, six, seven, eight, nine, ten.',
  ],
  [
    'You are a helpful assistant.',
    'Name a primary colour.',
    'Red is a primary colour, and so are blue and yellow.',
  ],
  [
    'You recommend films.',
    'Not another superhero film!',
    '[recommend: Amadeus (1984)] How about a drama on the life of Mozart?',
  ],
  [
    'You are looking for a film.',
    'What kind of film do you want?',
    '[inform] I want a slow drama, set in the past, with a sad end.',
  ],
  [
    'You are looking for a film.',
    'Would Heat suit you?',
    '[reject: Heat (1995)] No, thank you, that one is too long for me.',
  ],
  [
    'You are looking for a film.',
    'Then try Big.',
    '[accept: Big (1988)] That sounds like fun, I will watch it tonight.',
  ],
  [
    'You recommend films.',
    'Thanks, bye!',
    '[bye] You are welcome. Enjoy the film, and have a good evening!',
  ],
  [
    'You are a poet.',
    'A line about the sea, please.',
    'The sea is a mirror that breaks and mends itself each day.',
  ],
  [
    'You are a cook.',
    'How do I boil an egg?',
    'Put the egg in boiling water for eight minutes, then cool it.',
  ],
  [
    'You are a teacher.',
    'Why is the sky blue?',
    'The sky is blue because air scatters short waves more than long ones.',
  ],
  [
    'You write code.',
    'How do I print in Python?',
    'Use the print function: print("Hello, world!") writes a line.',
  ],
  [
    'You are a guide.',
    'What should I see in Rome?',
    'You should see the Colosseum, the Forum and the Pantheon first.',
  ],
];
