namespace HumanLoop.AspNetCore.BrowserTests;

/// <summary>A test that needs a browser: skipped where there is none, and an error where continuous integration must have one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Path is null && Environment.GetEnvironmentVariable("CI") is null or "" or "false")
        {
            Skip = "Chromium is not here: install it, or name it in HUMANLOOP_CHROMIUM.";
        }
    }
}
