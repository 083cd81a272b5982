CREATE TABLE "chat_destination" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"team_id" uuid,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"url" text NOT NULL,
	"secret" text,
	"topics" jsonb NOT NULL,
	"paused" boolean DEFAULT false NOT NULL,
	"hears_from" timestamp with time zone NOT NULL,
	"stopped_at" timestamp with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"error" text,
	"error_at" timestamp with time zone,
	"posted_at" timestamp with time zone,
	"not_before" timestamp with time zone,
	"lease_until" timestamp with time zone,
	"leased_by" text,
	"created_by" uuid,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"destination_id" uuid NOT NULL,
	"key" text NOT NULL,
	"topic" text NOT NULL,
	"subject_kind" text,
	"subject_id" uuid,
	"title" text NOT NULL,
	"lines" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"link" text NOT NULL,
	"action" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"until" timestamp with time zone,
	"status" text NOT NULL,
	"post_id" uuid,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "chat_destination" ADD CONSTRAINT "chat_destination_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_destination" ADD CONSTRAINT "chat_destination_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_destination" ADD CONSTRAINT "chat_destination_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_organisation_id_organisation_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_destination_id_chat_destination_id_fk" FOREIGN KEY ("destination_id") REFERENCES "public"."chat_destination"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chat_destination_organisation" ON "chat_destination" USING btree ("organisation_id");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_message_once" ON "chat_message" USING btree ("destination_id","key");--> statement-breakpoint
CREATE INDEX "chat_message_waiting" ON "chat_message" USING btree ("status","not_before");