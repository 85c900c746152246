namespace Architecture.Tests;

/// <summary>A type in one folder that uses a type in another.</summary>
internal sealed record Arrow(string FromFolder, string FromType, string ToFolder, string ToType)
{
    public override string ToString() => $"{FromFolder} -> {ToFolder} ({FromType} uses {ToType})";
}
