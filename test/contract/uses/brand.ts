import { createHash } from 'node:crypto'
import type { Use } from './use'

export const useBrand: Use = async (ask) => {
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 128])
  const digest = createHash('sha256').update(bytes).digest('hex')
  const begun = async () => {
    const { headers } = await ask('POST /blobs/uploads?filename=logo.png')
    const token = String(headers['portsip-upload-token'])
    return {
      path: `/blobs/uploads/${String(headers['portsip-upload-id'])}`,
      headers: { 'PortSIP-Upload-Token': token },
    }
  }
  const { path, headers } = await begun()
  await ask(`POST ${path}/append`, undefined, { bytes })
  await ask(`POST ${path}/append`, undefined, { bytes, headers: { 'PortSIP-Upload-Token': 'wrong' } })
  await ask(`POST ${path}/append`, undefined, { bytes, headers })
  await ask(`POST ${path}/complete?digest=${'0'.repeat(64)}`, undefined, { headers })
  const { id } = (await ask(`POST ${path}/complete?digest=${digest}`, undefined, { headers })).json<{ id: string }>()
  await ask('POST /brand', { logo: id, theme: 'GREEN', bottom_text: '<b>Hello</b>' })
  await ask('POST /brand', { logo: 'nothing' })
  const other = await begun()
  await ask(`POST ${other.path}/destroy`)
  await ask(`POST ${other.path}/destroy`)
}
