namespace HumanLoop.Observing;

/// <summary>An attempt ended unknown and the handler is not idempotent: a person decides what to do.</summary>
public sealed record EffectUncertain : JournalEntry;
