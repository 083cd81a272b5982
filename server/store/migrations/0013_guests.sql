CREATE TABLE "session_door" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session_guest" (
	"guest_id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "ballot_vote" DROP CONSTRAINT "ballot_vote_person_id_person_id_fk";
--> statement-breakpoint
ALTER TABLE "session_door" ADD CONSTRAINT "session_door_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_guest" ADD CONSTRAINT "session_guest_session_id_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "session_door_code" ON "session_door" USING btree ("code");--> statement-breakpoint
CREATE INDEX "session_guest_session" ON "session_guest" USING btree ("session_id");--> statement-breakpoint
CREATE UNIQUE INDEX "session_guest_token" ON "session_guest" USING btree ("token_hash");