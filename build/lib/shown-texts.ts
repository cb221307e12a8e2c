import type { Plugin } from 'vite'

const helper = /\btoDisplayString as _toDisplayString,? ?/

/**
 * Lets each `{{ … }}` of a template show its text through `shownText`, which makes characters visible that nobody sees:
 * no component can forget it for a text of a PBX or a file.
 */
export const shownTexts = (): Plugin => ({
  name: 'shown-texts',
  enforce: 'post',
  transform: (code, id) =>
    /\.vue($|\?)/.test(id) && helper.test(code)
      ? { code: `import { shownText as _toDisplayString } from '@/shown-text'; ${code.replace(helper, '')}`, map: null }
      : undefined,
})
