import { existsSync } from 'node:fs'
import { copyFile, writeFile } from 'node:fs/promises'
import { ensureDebianPackages, packages } from './debian-packages.mjs'
import { inRoot } from './paths.mjs'

/** Only Debian-based systems have the tools. */
export const canMakeDeb = () => process.platform === 'linux' && existsSync('/usr/bin/dpkg-deb')

/** Missing in the installer's own list for Electron; the first name is that of newer releases. */
const depends = ['libasound2t64 | libasound2', 'libcups2t64 | libcups2', 'libatk-bridge2.0-0', 'libsecret-1-0']

const architectures = { x64: 'amd64', arm64: 'arm64' }
const sizes = [16, 32, 48, 64, 128, 256, 512]

/**
 * Makes a .deb from the unpacked program.
 *
 * @param {string} folder the unpacked program
 * @param {string} electronVersion
 */
export async function makeDeb(folder, electronVersion) {
  // electron-builder removes one of these files and renames the other; electron-installer-debian reads both.
  await writeFile(`${folder}/version`, electronVersion)
  await copyFile(`${folder}/LICENSE.electron.txt`, `${folder}/LICENSE`)
  await ensureDebianPackages(packages.installer)
  // The default level 9 of dpkg-deb takes a minute for 6 % less.
  process.env['DPKG_DEB_COMPRESSOR_LEVEL'] ??= '3'
  const { default: installer } = await import('electron-installer-debian')
  const { packagePaths } = await installer({
    src: folder,
    dest: inRoot('dist'),
    arch: architectures[process.arch],
    options: {
      name: 'pbx-fleet',
      bin: 'pbx-fleet',
      productName: 'PBX Fleet',
      maintainer: 'PBX Fleet maintainers <maintainers@example.com>',
      section: 'net',
      categories: ['Network'],
      depends,
      // xz takes two minutes.
      compression: 'gzip',
      recommends: ['gnome-keyring'],
      suggests: [],
      enhances: [],
      icon: Object.fromEntries(
        sizes.map((size) => [`${size}x${size}`, inRoot('build', 'icons', `${size}x${size}.png`)]),
      ),
    },
  })
  return packagePaths
}
