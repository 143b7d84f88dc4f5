export * from './action';
export * from './catalogue';
export * from './dialogue';
export * from './engine';
export * from './errors';
export * from './profile';
export * from './run';
export * from './view';
