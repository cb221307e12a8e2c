import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The program for `electron FOLDER` must not be shipped. @param {import('electron-builder').AfterPackContext} context
 */
const removeDefaultApp = ({ appOutDir }) => rm(join(appOutDir, 'resources', 'default_app.asar'), { force: true })

/**
 * Configuration of the packages. The registry's Electron is for trying this out without internet access; a release uses
 * the official one.
 *
 * @type {import('electron-builder').Configuration}
 */
export const configuration = {
  appId: 'example.pbxfleet',
  productName: 'PBX Fleet',
  directories: { output: 'dist', buildResources: 'build' },
  files: [
    'out/**',
    'package.json',
    '!out/.stamp',
    '!out/**/*.map',
    '!out/main/{cli,practice-fleet}.js',
    '!node_modules/**/*.{map,ts,mts,cts,md}',
    // Its prebuilt binary for the target is sufficient, and correct if one system packages for another.
    '!node_modules/keytar/{build,src,script,binding.gyp}',
    '!node_modules/keytar/prebuilds/!(${platform}-${arch})',
  ],
  afterExtract: removeDefaultApp,
  asar: true,
  npmRebuild: false,
  publish: null,
  electronFuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  linux: {
    target: ['dir'],
    executableName: 'pbx-fleet',
    icon: 'icons',
    category: 'Network',
    synopsis: 'One workspace for the PortSIP PBX servers of a managed service provider',
  },
  win: { target: ['nsis'], icon: 'icons/512x512.png' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  mac: {
    target: ['dmg'],
    icon: 'icons/512x512.png',
    category: 'public.app-category.utilities',
    hardenedRuntime: true,
    entitlements: 'build/entitlements/mac.plist',
    entitlementsInherit: 'build/entitlements/mac.plist',
  },
}
