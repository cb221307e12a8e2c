import type { Use } from './use'

const place = { timezone: 'Africa/Luanda', currency: 'AOA', region: 'AGO' }

export const useTenants: Use = async (ask) => {
  const { items } = (await ask('GET /tenants?top=2&orderby=name asc')).json<{ items: { id: string }[] }>()
  const { items: dealers } = (await ask('GET /dealers')).json<{ items: { id: string }[] }>()
  const website = 'https://kunde.example'
  const whole = {
    name: 'Kunde B',
    domain: 'b.example',
    website,
    ...place,
    e164: { enabled: true, country: 'Angola(244)' },
    office_hours: { monday: { enabled: true, ranges: [{ from: '09:00', to: '17:00' }] } },
    cdr_event: {
      enabled: true,
      auth: 'BASIC',
      username: 'collector',
      password: 'collector7',
      url: 'https://a.example',
    },
  }
  const { id } = (await ask('POST /tenants', whole)).json<{ id: string }>()
  await ask('POST /tenants', { ...whole, name: 'Kunde C' })
  await ask(`GET /tenants/${id}`)
  await ask(`POST /tenants/${id}`, { max_extensions: 25, disk_quota: '100MB', email_recipients: 'a@b.example' })
  await ask(`GET /tenants/${id}/dealers`)
  await ask(`POST /tenants/${id}/dealers/${dealers[1]?.id}`)
  await ask(`GET /tenants/${id}/dealers`)
  await ask(`POST /tenants/${id}/dealers/${dealers[1]?.id}/destroy`)
  await ask(`POST /tenants/${id}/dealers/none`)
  await ask(`POST /tenants/${id}/destroy`)
  await ask(`GET /tenants/${id}`)
  await ask(`POST /tenants/switch?id=${items[1]?.id}`)
  await ask('GET /auth/user')
  await ask('GET /tenants')
  await ask('GET /tenant')
  await ask('POST /tenant', { name: 'Kunde A' })
  await ask('GET /tenant/status')
  await ask('POST /tenants/switch')
  await ask('GET /tenants')
}

export const useOwnTenant: Use = async (ask) => {
  const admin = { role: 'Admin' } as const
  await ask('GET /tenant', undefined, admin)
  await ask('GET /tenant/status', undefined, admin)
  await ask('GET /tenant/notification', undefined, admin)
  await ask('POST /tenant/notification', { type: 'SMTP', username: 'pbx', notify_queue_callback: true }, admin)
  await ask('POST /tenant/notification/test_email', { recipient: 'a@b.example', subject: 'Test', content: 'x' }, admin)
  await ask('GET /tenant/password_policy', undefined, admin)
  await ask('POST /tenant/password_policy', { min_length: 10, contains_letters: false }, admin)
  await ask('POST /tenant', { website: '', recording_retention: 30, e164: { enabled: true } }, admin)
  await ask('GET /tenant')
}
