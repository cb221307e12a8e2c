import { existsSync } from 'node:fs'
import { exec } from './exec.mjs'

/** Names of a package in different releases are separated by a bar, the newer release first. */
export const packages = {
  electron: [
    'libnss3',
    'libatk1.0-0t64|libatk1.0-0',
    'libatk-bridge2.0-0t64|libatk-bridge2.0-0',
    'libgtk-3-0t64|libgtk-3-0',
    'libgbm1',
    'libasound2t64|libasound2',
    'libcups2t64|libcups2',
    'libdrm2',
    'unzip',
  ],
  display: ['xvfb', 'xauth', 'fonts-dejavu-core', 'fonts-noto-core', 'fonts-noto-color-emoji'],
  keyring: ['libsecret-1-0', 'dbus', 'gnome-keyring'],
  installer: ['dpkg', 'fakeroot'],
}

/** @param {readonly string[]} names */
async function installed(names) {
  const { output } = await exec('dpkg-query', ['-W', '-f', '${db:Status-Status} ${Package}\\n', ...names])
  const lines = output.split('\n').filter((line) => line.startsWith('installed '))
  return new Set(lines.map((line) => line.slice('installed '.length)))
}

/** @param {readonly string[]} wanted */
async function missing(wanted) {
  const present = await installed(wanted.flatMap((names) => names.split('|')))
  return wanted.filter((names) => !names.split('|').some((name) => present.has(name)))
}

/** @param {string} names */
async function nameHere(names) {
  for (const name of names.split('|')) {
    const { output } = await exec('apt-cache', ['policy', name])
    if (/Candidate: (?!\(none\))/.test(output)) return name
  }
  return names.split('|').slice(-1)[0]
}

const apt = ['-q', '-o', 'DPkg::Lock::Timeout=300']
const install = ['install', '-y', '--no-install-recommends']

/**
 * Installs missing packages if allowed, otherwise prints the command. Systems without dpkg are assumed to have them.
 *
 * @param {readonly string[]} wanted entries of `packages`
 */
export async function ensureDebianPackages(wanted) {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/dpkg-query')) return
  const lacking = await missing(wanted)
  if (lacking.length === 0) return
  if (process.getuid?.() !== 0) {
    const names = await Promise.all(lacking.map(nameHere))
    console.log(
      `System packages are missing. Install them with:\n  sudo apt-get ${install.join(' ')} ${names.join(' ')}`,
    )
    return
  }
  console.log(`Installing ${lacking.length} system packages …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await exec('apt-get', [...apt, 'update'], { env })
  const names = await Promise.all(lacking.map(nameHere))
  const { code, output } = await exec('apt-get', [...apt, ...install, ...names], { env })
  if (code !== 0) throw new Error(`apt-get could not install ${names.join(' ')}\n${output.slice(-2000)}`)
}
