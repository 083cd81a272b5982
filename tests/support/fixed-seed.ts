import fc from 'fast-check';

// Without a seed of its own a property meets the same cases on every machine: a run that fails, fails for its change. The
// nightly run sets PROPERTY_SEED anew each time; what it finds becomes a named test.
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20261125) });
