import ts from 'typescript-eslint'
import vue from 'eslint-plugin-vue'
import { vueScriptParser } from './build/lib/vue-script-parser.mjs'

/** Templates, and promises in components. Everything else is checked by oxlint (.oxlintrc.json), which needs seconds for it. */
export default ts.config({
  files: ['src/**/*.vue'],
  extends: [ts.configs.base, ...vue.configs['flat/recommended']],
  languageOptions: { parserOptions: { parser: vueScriptParser, project: true } },
  rules: {
    '@typescript-eslint/await-thenable': 'error',
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    'vue/max-attributes-per-line': 'off',
    'vue/singleline-html-element-content-newline': 'off',
    'vue/multiline-html-element-content-newline': 'off',
    'vue/html-self-closing': 'off',
    'vue/html-indent': 'off',
    'vue/html-closing-bracket-newline': 'off',
    'vue/multi-word-component-names': 'off',
    'vue/no-v-html': 'error',
    'vue/no-restricted-syntax': [
      'error',
      { selector: 'MemberExpression[property.name=/^toLocale.*String$|^toFixed$/]', message: 'Use src/shared/format.' },
    ],
    'vue/component-api-style': ['error', ['script-setup']],
  },
})
