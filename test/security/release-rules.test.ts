import { expect, test } from 'vitest'
import { refusedSwitches, removeVariables } from '@main/release-rules'

test.each([
  '--remote-debugging-port=9222',
  '--remote-debugging-port',
  '-remote-debugging-port=9222',
  ' --remote-debugging-port=9222',
  '\t-remote-debugging-port',
  '--REMOTE-DEBUGGING-PORT=9222',
  '/remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '--remote-debugging-address=0.0.0.0',
  '--remote-allow-origins=*',
  '--load-extension=/tmp/extension',
  '--proxy-server=http://127.0.0.1:8080',
  '--proxy-pac-url=http://127.0.0.1/proxy.pac',
  '--ignore-certificate-errors',
  '--disable-web-security',
  '--disable-site-isolation-trials',
  '--disable-features=IsolateOrigins',
  '--enable-features=Anything',
  '--enable-blink-features=Anything',
  '--js-flags=--expose-gc',
  '--inspect',
  '--inspect-brk=0.0.0.0:9229',
  '--host-rules=MAP * 127.0.0.1',
  '--host-resolver-rules=MAP * 127.0.0.1',
  '--log-net-log=/tmp/log.json',
  '--ssl-key-log-file=/tmp/keys',
  '--user-data-dir=/tmp/profile',
  '--renderer-cmd-prefix=sh',
  '--gpu-launcher=sh',
  '--utility-cmd-prefix=sh',
  '--browser-subprocess-path=/bin/sh',
  '--enable-logging',
  '--log-file=/tmp/log',
  '--single-process',
  '--disable-gpu-sandbox',
  '--no-zygote',
  '--auto-open-devtools-for-tabs',
  '-r',
  '--',
  '--lang-and-more=de',
])('a release refuses %j', (argument) => {
  expect(refusedSwitches([argument], true)).toHaveLength(1)
})

test.each([
  '--lang=de',
  '--disable-gpu',
  '--ozone-platform=wayland',
  '--force-device-scale-factor=2',
  'a file',
  '/a/file',
  '',
])('a release accepts %j', (argument) => {
  expect(refusedSwitches([argument], false)).toEqual([])
})

test('only root may start a release without the sandbox', () => {
  expect(refusedSwitches(['--no-sandbox'], true)).toEqual([])
  expect(refusedSwitches(['--no-sandbox'], false)).toEqual(['--no-sandbox'])
})

test('each refused switch is named once, and without its value', () => {
  const args = [
    '--remote-debugging-port=1',
    '--lang=de',
    '--remote-debugging-port=2',
    '--proxy-server=http://user:secret@proxy',
  ]
  expect(refusedSwitches(args, false)).toEqual(['--remote-debugging-port', '--proxy-server'])
})

test('variables that weaken, redirect or record the traffic are removed, others are kept', () => {
  const env = {
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    NODE_OPTIONS: '--require /tmp/hook.cjs',
    NODE_EXTRA_CA_CERTS: '/etc/company.pem',
    SSLKEYLOGFILE: '/tmp/keys',
    sslkeylogfile: '/tmp/keys',
    ELECTRON_RUN_AS_NODE: '1',
    ELECTRON_RENDERER_URL: 'http://127.0.0.1:9/',
    PBX_FLEET_PROFILE: '/tmp/profile',
    PBX_FLEET_TEST_DIALOGS: '/tmp/dialogs',
    HOME: '/home/technician',
    LANG: 'de_DE.UTF-8',
    DISPLAY: ':0',
  }
  removeVariables(env)
  expect(Object.keys(env)).toEqual(['NODE_EXTRA_CA_CERTS', 'HOME', 'LANG', 'DISPLAY'])
})
