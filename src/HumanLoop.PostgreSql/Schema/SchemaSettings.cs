namespace HumanLoop.PostgreSql;

/// <summary>What the options say about the tables.</summary>
/// <param name="Name">The namespace that holds them.</param>
/// <param name="MayCreate">Whether the store creates and upgrades them.</param>
/// <param name="AllowDataLoss">Whether tables that a crash empties are used all the same.</param>
internal sealed record SchemaSettings(string Name, bool MayCreate, bool AllowDataLoss);
