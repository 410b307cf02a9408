/** The lint rules: types are strict, nothing is `any`, and only what a tool demands is a default export. */
import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name, so that a thing is called the same everywhere.',
}

/** Files, names and addresses of pictures stay behind one boundary, which a frame will take over. */
const behindIntake = {
  imports: [
    {
      group: ['**/hash/**', '**/intake/*', '!**/intake/index.ts', '!**/intake/messages.ts'],
      message: 'Beyond src/intake there are messages only: see src/intake/messages.ts.',
    },
  ],
  globals: [
    'File',
    'FileList',
    'FileReader',
    'DataTransfer',
    'OffscreenCanvas',
    'Worker',
    'createImageBitmap',
  ].map((name) => ({ name, message: 'Files are handled in src/intake and src/hash only.' })),
  syntax: [
    {
      selector: 'MemberExpression[property.name=/^(files|dataTransfer)$/]',
      message: 'Files are taken in by src/intake only.',
    },
    {
      selector: 'TSTypeReference > Identifier[name=/^(File|FileList|DataTransfer)$/]',
      message: 'No file is known outside src/intake and src/hash.',
    },
  ],
}

export default defineConfig(
  { ignores: ['dist/', 'node_modules/'] },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        projectService: { allowDefaultProject: ['*.config.js'] },
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    files: ['src/**'],
    ignores: ['src/intake/**', 'src/hash/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: behindIntake.imports }],
      'no-restricted-globals': ['error', ...behindIntake.globals],
      'no-restricted-syntax': ['error', noDefaultExport, ...behindIntake.syntax],
    },
  },
  {
    // Every index of the kernel is in bounds by construction; a check would cost each pixel.
    files: ['src/hash/pdq/**', 'src/hash/video/row.ts', 'src/hash/video/regained.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['*.config.js', '**/*.config.ts', 'build/**'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' },
  },
  { files: ['*.config.js'], extends: [ts.configs.disableTypeChecked] },
)
