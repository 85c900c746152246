namespace HumanLoop.AspNetCore.BrowserTests;

/// <summary>The accessibility checker, if it was fetched: an npm package, for tests alone.</summary>
internal static class Axe
{
    public static string? Path { get; } = Environment.GetEnvironmentVariable("HUMANLOOP_AXE") is { Length: > 0 } path && File.Exists(path) ? path : null;
}
