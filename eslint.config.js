import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import importX, { createNodeResolver } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** The way of the data: a stage imports earlier stages and `contracts/`, never a later one. */
const stages = [
  'domain',
  'profile',
  'recommend',
  'action',
  'prompt',
  'engine',
  'dialogue',
  'store',
  'metrics',
  'report',
];
const libFolder = './src/lib/';
/** Folders of `src/lib` outside the stages, with what they may import. */
/** @type {Record<string, string[]>} */
const beside = {
  contracts: [],
  // The reference-dependent systems see what roles may not: nothing on the roles' way imports them.
  baseline: [...stages.slice(0, stages.indexOf('dialogue') + 1), 'contracts'],
  ui: ['contracts', 'report', 'ui'],
};
const everything = [...stages, 'contracts', 'baseline', 'state', 'ui'];
/** @type {Record<string, string[]>} */
const allowed = {
  ...Object.fromEntries(stages.map((stage, i) => [stage, [...stages.slice(0, i), 'contracts']])),
  ...beside,
};

const zones = Object.entries(allowed).flatMap(([target, from]) =>
  everything
    .filter((other) => other !== target && !from.includes(other))
    .map((other) => ({
      target: `${libFolder}${target}`,
      from: `${libFolder}${other}`,
      message: `${target}/ may import only: ${from.join(', ') || 'nothing'}.`,
    })),
);
const routeZones = everything
  .filter((folder) => !['state', 'contracts', 'report', 'ui'].includes(folder))
  .map((folder) => ({
    target: './src/routes',
    from: `${libFolder}${folder}`,
    message: 'Pages see state/, contracts/, report/ and ui/.',
  }));

export default ts.config(
  { ignores: ['build/', '.svelte-kit/', 'node_modules/', 'static/', 'models/', 'runs/', 'docs/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    plugins: { 'import-x': importX },
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver(),
        createNodeResolver({ extensions: ['.ts', '.js', '.svelte'] }),
      ],
    },
    rules: {
      'no-undef': 'off',
      'import-x/no-restricted-paths': ['error', { zones: [...zones, ...routeZones] }],
      'import-x/no-cycle': 'error',
      'svelte/no-at-html-tags': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  {
    // State keeps large collections raw and replaces them; locals of a method need no reactivity at all.
    files: ['src/lib/state/**/*.svelte.ts'],
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
);
