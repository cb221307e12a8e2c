import js from '@eslint/js'
import ts from 'typescript-eslint'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import { vueScriptParser } from './build/lib/vue-script-parser.mjs'

const ipcOnly = (name, message) => ({ name: 'electron', importNames: [name], message })

export default ts.config(
  { ignores: ['node_modules', 'out', 'dist', '.runtime', 'test-results'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: { project: ['tsconfig.node.json', 'tsconfig.web.json'], tsconfigRootDir: import.meta.dirname },
    },
  },
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: vueScriptParser, project: true } } },
  {
    files: ['**/*.{ts,vue}'],
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'no-undef': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
    },
  },
  {
    // The scripts and the command-line programs speak to a terminal.
    files: [
      'build/**',
      'test/bench/**',
      'test/coverage/api-coverage.ts',
      'test/contract/facts/write.ts',
      'src/demo/cli*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  {
    // shared/ is the ground floor: it imports nothing of ours and no platform.
    files: ['src/shared/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: ['electron', 'vue', 'axios', 'keytar'],
          patterns: ['node:*', '**/main/**', '**/renderer/**', '**/demo/**'],
        },
      ],
    },
  },
  {
    files: ['src/main/**'],
    ignores: ['src/main/ipc/gate.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [ipcOnly('ipcMain', 'Only src/main/ipc/gate.ts talks to ipcMain.')], patterns: ['**/renderer/**'] },
      ],
    },
  },
  {
    files: ['src/renderer/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: ['electron', 'axios', 'keytar'], patterns: ['node:*', '**/main/**', '**/demo/**'] },
      ],
    },
  },
  {
    files: ['src/demo/**'],
    rules: { 'no-restricted-imports': ['error', { paths: ['electron'], patterns: ['**/main/**', '**/renderer/**'] }] },
  },
)
