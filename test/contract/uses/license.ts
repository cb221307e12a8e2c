import type { Use } from './use'

export const useLicense: Use = async (ask) => {
  await ask('GET /license')
  await ask('POST /license', { license_key: 'nothing like a key' })
  await ask('POST /license', { license_key: '11AA22BB-33CC-44DD-55EE' })
  await ask('GET /license')
}
