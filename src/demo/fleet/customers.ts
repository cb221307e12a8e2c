interface Region {
  readonly folder: string
  readonly cities: readonly string[]
  readonly customers: readonly string[]
}

/** The folders of a provider's workspace, each with its cities and customers. */
const regions: readonly Region[] = [
  {
    folder: 'Germany',
    cities: ['Berlin', 'Hamburg', 'München', 'Köln', 'Leipzig', 'Stuttgart', 'Bremen'],
    customers: ['Klinik', 'Autohaus Weiß', 'Stadtwerke', 'Kanzlei Brandt', 'Bäckerei Öztürk', 'Logistik Nord'],
  },
  {
    folder: 'North America',
    cities: ['Boston', 'Denver', 'Austin', 'Toronto', 'Seattle', 'Chicago', 'Montréal'],
    customers: ['Acme', 'Harbor Dental', 'Lakeside Realty', 'Maple Insurance', "O'Brien Legal", 'Summit Schools'],
  },
  {
    folder: 'Iberia',
    cities: ['Lisboa', 'Porto', 'Madrid', 'Sevilla', 'Bilbao', 'Coimbra', 'València'],
    customers: [
      'Clínica São João',
      'Delgado e Hijos',
      'Transportes Tejo',
      'Hotel Mirador',
      'Vinhos do Vale',
      'Óptica Sol',
    ],
  },
  {
    folder: 'Nordics',
    cities: ['Oslo', 'København', 'Malmö', 'Helsinki', 'Bergen', 'Aarhus', 'Uppsala'],
    customers: ['Havn', 'Fjord Energi', 'Nordlys Media', 'Søndergaard', 'Kustbanken', 'Björk Arkitekter'],
  },
  {
    folder: 'Shared hosting',
    cities: ['Frankfurt', 'Amsterdam', 'Virginia', 'Zürich', 'Dublin', 'Warszawa', 'Milano'],
    customers: ['Multi-tenant', 'Dealer pool', 'Contact center', 'Hotels', 'Schools', 'Small offices'],
  },
]

/** German names begin with the city: "Berlin Klinik", "Acme Boston". */
const nameOf = (folder: string, customer: string, city: string): string =>
  folder === 'Germany' ? `${city} ${customer}` : `${customer} ${city}`

export interface Customer {
  readonly name: string
  readonly folder: string
  readonly tags: readonly string[]
}

/** The customer of a server: its unique name, its folder and its tags (service level, place of the server). */
export function customerAt(index: number): Customer {
  const region = regions[index % regions.length] ?? { folder: '', cities: [''], customers: [''] }
  const turn = Math.floor(index / regions.length)
  const { folder, cities, customers } = region
  const customer = customers[turn % customers.length] ?? ''
  const city = cities[turn % cities.length] ?? ''
  const round = Math.floor(turn / (cities.length * customers.length))
  const name = nameOf(folder, customer, city)
  return {
    name: round === 0 ? name : `${name} ${round + 1}`,
    folder,
    tags: [['gold', 'silver', 'bronze'][index % 3] ?? 'bronze', folder === 'Shared hosting' ? 'hosted' : 'on-premises'],
  }
}
