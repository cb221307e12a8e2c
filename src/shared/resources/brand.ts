import { defineSingle } from './resource'

/** How the web portal of a PBX looks (POST /brand; there is no GET). `logo` and `favicon` are ids of uploaded files. */
export const brand = defineSingle({
  id: 'brand',
  label: 'Rebranding',
  singular: 'brand',
  path: '/brand',
  roles: ['SystemAdmin'],
  fields: [
    {
      kind: 'choice',
      key: 'theme',
      label: 'Theme',
      choices: [
        { value: 'BLUE', label: 'Blue' },
        { value: 'DARK', label: 'Dark' },
        { value: 'GREEN', label: 'Green' },
        { value: 'LIGHT_BLUE', label: 'Light blue' },
        { value: 'PURPLE', label: 'Purple' },
      ],
    },
    { kind: 'text', key: 'logo', label: 'Logo' },
    { kind: 'text', key: 'favicon', label: 'Favicon' },
    { kind: 'text', key: 'title', label: 'Web portal title', group: 'Texts' },
    { kind: 'text', key: 'product', label: 'Product name', group: 'Texts' },
    { kind: 'text', key: 'copyright', label: 'Copyright', group: 'Texts' },
    { kind: 'text', key: 'website', label: 'Website link', group: 'Links', help: 'The link behind the product name.' },
    { kind: 'text', key: 'forum', label: 'Support link', group: 'Links', help: 'The link to the support forum.' },
    {
      kind: 'text',
      key: 'bottom_text',
      label: 'Sign-in page footer text',
      group: 'Sign-in page',
      help: 'Plain text or HTML.',
      multiline: true,
      maxLength: 256,
    },
  ],
})
