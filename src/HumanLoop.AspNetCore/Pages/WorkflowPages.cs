using HumanLoop.AspNetCore.Admitting;
using HumanLoop.AspNetCore.Internal;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>The owner's pages: all workflows at a glance, and each one's scorecard.</summary>
internal static class WorkflowPages
{
    public static void Map(Site site)
    {
        site.Page("GET", "workflows", Permission.View, ShowAsync);
    }

    private static async Task ShowAsync(Visit visit)
    {
        await visit.WritePageAsync<Notice>("soon");
    }
}
