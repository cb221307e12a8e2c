import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'

// The file names Electron at its top, but what is shown here needs none of it.
vi.mock('electron', () => ({ protocol: {} }))
const { fileOfUrl } = await import('@main/app-protocol')

const folder = join('/opt', 'app', 'renderer')

test.each(['index.html', 'assets/index-Bx_1.js', 'assets/a.b.css'])('%s is served from the folder', (path) => {
  expect(fileOfUrl(folder, `app://fleet/${path}`)).toBe(join(folder, path))
})

test.each([
  'app://fleet/../../package.json',
  'app://fleet/%2e%2e/%2e%2e/package.json',
  'app://fleet/..%2f..%2fpackage.json',
  'app://fleet/..\\..\\package.json',
  'app://fleet/assets/%5c..%5c..%5cpackage.json',
  'app://fleet/index.html%00.js',
  'app://fleet//etc/passwd.json',
  'app://fleet/.env.json',
  'app://fleet/assets',
  'app://fleet/',
  'app://fleet/package.node',
  'app://elsewhere/index.html',
  'app://fleet:81/index.html',
  'app://fleet@elsewhere/index.html',
])('nothing is served for %j', (url) => {
  const file = fileOfUrl(folder, url)
  // A URL parser folds `..` away before anybody sees it: what is left names a file inside.
  expect([undefined, join(folder, 'package.json')]).toContain(file)
})

test('no path leads out of the folder', () => {
  const piece = fc.constantFrom('..', '%2e%2e', '.', '%2f', '\\', '%5c', '%00', 'a', '.js', '//', ':', '~', 'C:')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      const file = fileOfUrl(folder, `app://fleet/${pieces.join('/')}.js`)
      expect(file === undefined || file.startsWith(`${folder}/`)).toBe(true)
    }),
  )
})
