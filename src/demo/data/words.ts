/** Typical company names of a provider's customers. */
export const companies = [
  'Müller & Söhne GmbH',
  'Ferretería El Ñandú S.A.',
  'Société Générale des Câbles',
  '株式会社さくら通信',
  '北京星辰科技有限公司',
  '(주)한빛테크',
  'ООО «Северный ветер»',
  'شركة النخيل للتجارة',
  'בית הדפוס הירושלמי',
  'Ελληνικά Ναυπηγεία ΑΕ',
  'บริษัท สยามโทรคมนาคม จำกัด',
  'Công ty TNHH Sao Mai',
  'Çelik & Oğulları A.Ş.',
  'Þór og synir ehf.',
  'Zażółć Gęślą Sp. z o.o.',
  "O'Brien, Fitzgerald & Partners",
  'Smith and Daughters Ltd',
  'Clínica São João',
  'Autohaus Weiß KG',
  'Bäckerei Öztürk',
  'Nairobi Fresh Produce',
  'Lagos Harbour Logistics',
  'Café Zoë',
  'Ristorante Da Niccolò',
  '123 Taxi',
  'Hôtel de l’Évêché',
] as const

/**
 * Names and remarks that break careless programs: markup, formulas, direction marks, control characters, separators.
 */
export const awkwardTexts = [
  '<b>Bold Telecom</b>',
  '<script>document.title = "owned"</script>',
  '<img src=x onerror=alert(1)>',
  '=1+1',
  '=HYPERLINK("https://example.com/steal","Open")',
  '+49 30 901820',
  '-12 % discount agreed',
  '@SUM(A1:A9)',
  '\tstarts with a tab',
  '\rstarts with a carriage return',
  'safe \u202Egnp.exe',
  '\u200Finvoice \u2067عربي\u2069 (2)',
  'bell \u0007 and escape \u001b[31mred',
  'emoji 📞👩🏽‍💻🏳️‍🌈',
  'quotes "double" and \'single\'; semicolon, comma',
  'first line\nsecond line\r\nthird line',
  '{{ constructor.constructor("return 1")() }}',
  '${7*7} %s %d ../../etc/passwd',
  "Robert'); DROP TABLE tenants;--",
  'null',
  '   spaces around   ',
  '00123456789012345678901234567890',
  'Zalgo t̷̡̛e̶͎̓x̵̞̊t̴͓͐',
] as const

export const denyReasons = [
  'Brute force on SIP registration',
  'Scanner: friendly-scanner user agent',
  'Toll fraud attempt to premium numbers',
  'Portal sign-in failures',
  'Botnet range, from the weekly feed',
  'INVITE flood',
  'Asked for by the customer',
  'Spam calls, ticket #48213',
  'Unknown registrar traffic',
  'Port scan',
  'Abuse report from the carrier',
] as const

/** Ranges that must be accepted; otherwise the PBX blocks its own services (`service`), offices or carriers. */
export const acceptedRanges = [
  { cidr: '10.20.0.11/32', description: 'SBC 1', service: true },
  { cidr: '10.20.0.12/32', description: 'SBC 2', service: true },
  { cidr: '10.20.0.21/32', description: 'IM server', service: true },
  { cidr: '10.20.0.31/32', description: 'Data Flow server', service: true },
  { cidr: '198.51.100.0/28', description: 'MSP office Berlin, egress', service: false },
  { cidr: '198.51.100.64/28', description: 'MSP office Lisbon, egress', service: false },
  { cidr: '2001:db8:51::/48', description: 'MSP offices, IPv6', service: false },
  { cidr: '203.0.113.40/29', description: 'SIP trunk: carrier A', service: false },
  { cidr: '203.0.113.80/29', description: 'SIP trunk: carrier B', service: false },
  { cidr: '10.20.4.0/24', description: 'Cluster: media and queue servers', service: true },
] as const

export const places = [
  { region: 'DEU', currency: 'EUR', timezone: 'Europe/Berlin', country: 'Germany(49)' },
  { region: 'PRT', currency: 'EUR', timezone: 'Europe/Lisbon', country: 'Portugal(351)' },
  { region: 'JPN', currency: 'JPY', timezone: 'Asia/Tokyo', country: 'Japan(81)' },
  { region: 'USA', currency: 'USD', timezone: 'America/Chicago', country: 'United States(1)' },
  { region: 'AGO', currency: 'AOA', timezone: 'Africa/Luanda', country: 'Angola(244)' },
  { region: 'ARE', currency: 'AED', timezone: 'Asia/Dubai', country: 'United Arab Emirates(971)' },
  { region: 'NPL', currency: 'NPR', timezone: 'Asia/Kathmandu', country: 'Nepal(977)' },
] as const
