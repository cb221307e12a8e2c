import { z } from 'zod'

/** Pattern of an email address, checked only roughly. */
export const mailAddress = String.raw`[^\s@]+@[^\s@]+`

/** Body of POST /admin/notification/test_email; all fields are required. */
export const testMailSchema = z.object({
  recipient: z
    .string()
    .max(320)
    .regex(new RegExp(`^${mailAddress}$`)),
  subject: z.string().min(1).max(200),
  content: z.string().min(1).max(5000),
})
export type TestMail = z.infer<typeof testMailSchema>
