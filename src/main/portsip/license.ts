import { z } from 'zod'
import type { PbxReader, PbxWriter } from './pbx-client'

const text = z.string().nullish()

/** GET /license. The key may be in clear text and must not leave main. */
export const licenseSchema = z.looseObject({
  api_version: text,
  product_name: text,
  max_sim_calls: z.number().nullish(),
  license_key: text,
  company_name: text,
  contact_email: text,
})
export type License = z.infer<typeof licenseSchema>

/** GET /license: the current license. */
export const license = (client: PbxReader): Promise<License> =>
  client.get({ operation: 'GET /license', path: '/license', schema: licenseSchema })

/** POST /license. The PBX needs some seconds until GET returns the new license. */
export const activateLicense = (client: PbxWriter, key: string): Promise<void> =>
  client.post({ operation: 'POST /license', path: '/license', body: { license_key: key } })
