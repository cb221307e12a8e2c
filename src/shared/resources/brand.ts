import { defineSingle } from './resource'

/** How the web portal of a PBX looks (POST /brand; there is no GET). `logo` and `favicon` are ids of uploaded files. */
export const brand = defineSingle({
  id: 'brand',
  label: 'Brand',
  one: 'brand',
  path: '/brand',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'choice',
      key: 'theme',
      label: 'Colours',
      choices: [
        { value: 'BLUE', label: 'Blue' },
        { value: 'DARK', label: 'Dark' },
        { value: 'GREEN', label: 'Green' },
        { value: 'LIGHT_BLUE', label: 'Light blue' },
        { value: 'PURPLE', label: 'Purple' },
      ],
    },
    { kind: 'text', key: 'logo', label: 'Logo' },
    { kind: 'text', key: 'favicon', label: 'Icon of the browser tab' },
    { kind: 'text', key: 'title', label: 'Title', group: 'Texts' },
    { kind: 'text', key: 'product', label: 'Product name', group: 'Texts' },
    { kind: 'text', key: 'copyright', label: 'Copyright', group: 'Texts' },
    { kind: 'text', key: 'website', label: 'Website', group: 'Links', help: 'The address behind the product name.' },
    { kind: 'text', key: 'forum', label: 'Forum', group: 'Links', help: 'The address of the help forum.' },
    {
      kind: 'text',
      key: 'bottom_text',
      label: 'Text below the sign-in form',
      group: 'Sign-in page',
      help: 'Plain text or HTML.',
      multiline: true,
      maxLength: 256,
    },
  ],
})
