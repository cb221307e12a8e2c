import ts from 'typescript-eslint'
import vue from 'eslint-plugin-vue'

/** The events of elements that components listen to. */
const elementEvents = [
  ...['click', 'dblclick', 'contextmenu', 'pointerdown', 'pointerenter', 'pointerleave', 'pointermove', 'keydown'],
  ...['change', 'input', 'submit', 'paste', 'copy', 'focus', 'blur', 'focusin', 'focusout', 'scroll', 'load'],
  ...['cancel', 'close', 'toggle', 'beforetoggle', 'dragstart', 'dragover', 'dragleave', 'dragend', 'drop'],
]

/** Templates. Everything else is checked by oxlint (.oxlintrc.json), which needs seconds for it. */
export default ts.config({
  files: ['src/**/*.vue'],
  extends: [ts.configs.base, ...vue.configs['flat/recommended']],
  languageOptions: { parserOptions: { parser: ts.parser } },
  rules: {
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
      // Texts between tags are shown so by the build (build/lib/shown-texts.ts).
      {
        selector:
          'VElement[name=/^(a|bdi|button|code|d[ltd]|div|form|h[1-6]|img|input|label|li|meter|nav|ol|p|section|small|span|strong|summary|table|t[dhr]|textarea|ul)$/] > VStartTag > VAttribute[directive=true][key.argument.name=/^(title|aria-label|aria-description|placeholder|alt)$/] MemberExpression[property.name=/^(name|username|user|address|message|hint|file|domain|version|role)$/]:not(CallExpression[callee.name="visibleText"] MemberExpression)',
        message: 'A text of a PBX or a file: use visibleText.',
      },
      // The type check accepts any event of an element, but knows those of a component.
      {
        selector: `VElement[rawName=/^[a-z][a-z0-9]*$/]:not([rawName=/^(component|sidebar)$/]) > VStartTag > VAttribute[directive=true][key.name.name=on][key.argument]:not([key.argument.name=/^(${elementEvents.join('|')})$/])`,
        message: 'No element has this event.',
      },
    ],
    'vue/component-api-style': ['error', ['script-setup']],
  },
})
