DROP INDEX "slot_open";--> statement-breakpoint
CREATE INDEX "dependency_person" ON "dependency" USING btree ("provider_person_id");--> statement-breakpoint
CREATE INDEX "dependency_objective" ON "dependency" USING btree ("board_id","requester_key");--> statement-breakpoint
CREATE INDEX "event_beside_check_ins" ON "event" USING btree ("organisation_id","object_kind","at") WHERE type not in ('checked-in', 'check-in-undone');--> statement-breakpoint
CREATE INDEX "slot_unanswered" ON "slot" USING btree ("organisation_id","grace_ends_at") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "slot_due" ON "slot" USING btree ("commitment_id","due_at");