CREATE TABLE "answered_mail" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"message_hash" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "check_in_link" ADD COLUMN "reply_hash" text;--> statement-breakpoint
ALTER TABLE "mail" ADD COLUMN "in_reply_to" text;--> statement-breakpoint
ALTER TABLE "mail" ADD COLUMN "answers_link" uuid;--> statement-breakpoint
ALTER TABLE "answered_mail" ADD CONSTRAINT "answered_mail_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answered_mail" ADD CONSTRAINT "answered_mail_link_id_check_in_link_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."check_in_link"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "answered_mail_once" ON "answered_mail" USING btree ("link_id","message_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "check_in_link_reply" ON "check_in_link" USING btree ("reply_hash");