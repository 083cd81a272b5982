ALTER TABLE "check_in" ADD COLUMN "kind" text DEFAULT 'answer' NOT NULL;--> statement-breakpoint
ALTER TABLE "check_in" ADD COLUMN "no_movement" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "check_in" ADD COLUMN "undone" boolean DEFAULT false NOT NULL;