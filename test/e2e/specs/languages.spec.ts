import { expect, test } from '../fixtures'
import { inLanguage, languages, localeOf, type Language } from '../languages'
import { formsIn } from '../pages/language-forms'
import { Writer } from '../pages/language-writer'
import { launchSignedIn } from '../servers'

/** One test per language: its forms share the start of the app and one server. */
for (const language of Object.keys(languages) as Language[])
  test(
    `with the system in ${language}, what is typed into each form is what is sent, and what is shown is what is stored`,
    {
      tag: '@language',
    },
    async ({ launch, startPbx }) => {
      const pbx = await startPbx({ version: '22.6', tenants: 3 })
      const fleet = await launchSignedIn((wanted) => launch({ ...wanted, ...inLanguage(language) }), pbx)
      const spoken = await fleet.page.evaluate(() => [navigator.language, window.fleet.locale])
      expect(spoken).toEqual([expect.stringMatching(new RegExp(`^${language}`)), localeOf(language)])
      for (const { name, use } of formsIn(language))
        await test.step(`${language}: ${name}`, () => use(new Writer(fleet, pbx, language)))
    },
  )
