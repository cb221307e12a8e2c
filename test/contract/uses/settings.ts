import type { Use } from './use'

export const useSettings: Use = async (ask) => {
  await ask('GET /admin/settings')
  await ask('POST /admin/settings', { session_timer_duration: 1800, blocked_user_agents: 'friendly-scanner' })
  await ask('POST /admin/settings', { custom_options: '{' })
  await ask('POST /admin/settings', { stir_shaken_cert: '' })
  await ask('GET /admin/settings')
}

export const useNotification: Use = async (ask) => {
  const account = { type: 'SMTP', username: 'pbx@example.com' }
  await ask('GET /admin/notification')
  await ask('POST /admin/notification', { ...account, password: 'Practice-Mail-7', cpu_threshold: 0.5 })
  await ask('POST /admin/notification', { ...account, cpu_threshold: 1.5 })
  await ask('POST /admin/notification', { ...account, recipients: Array(16).fill('a@example.com').join(',') })
  const mail = { recipient: 'noc@example.com', subject: 'Test', content: 'A test mail' }
  await ask('POST /admin/notification/test_email', mail)
  await ask('POST /admin/notification', { ...account, server: '' })
  await ask('POST /admin/notification/test_email', mail)
}

export const useSbcAndIm: Use = async (ask) => {
  await ask('GET /sbc')
  await ask('POST /sbc', { https_port: 8443, transports: [{ protocol: 'TLS', port: 5067 }] })
  await ask('GET /sbc')
  await ask('GET /im')
  await ask('POST /im', { public_ipv4: '203.0.113.12' })
  await ask('GET /im')
}
