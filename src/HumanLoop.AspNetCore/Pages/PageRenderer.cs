using System.Diagnostics.CodeAnalysis;
using HumanLoop.AspNetCore.Internal;
using HumanLoop.AspNetCore.Visiting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>Renders a component into an answer. The components ask nothing of the host's services, so whatever the host does with components of its own is no
/// matter here.</summary>
internal static class PageRenderer
{
    /// <summary>Writes a whole page.</summary>
    public static Task WritePageAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(this Visit visit, object model, int status = 200)
        where TComponent : View => WriteAsync<TComponent>(visit, model, status, "<!DOCTYPE html>\n");

    /// <summary>Writes a part of a page.</summary>
    public static Task WritePartAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(this Visit visit, object model, int status = 200)
        where TComponent : View => WriteAsync<TComponent>(visit, model, status, "");

    private static async Task WriteAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TComponent>(Visit visit, object model, int status, string before)
        where TComponent : View
    {
        var logging = visit.Http.RequestServices.GetService<ILoggerFactory>() ?? Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance;
        var renderer = new HtmlRenderer(NoServices.Instance, logging);
        string html;
        await using (renderer)
        {
            html = await renderer.Dispatcher.InvokeAsync(async () =>
            {
                var root = await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(View.Model)] = model }));
                return root.ToHtmlString();
            });
        }

        visit.Http.Response.StatusCode = status;
        visit.Http.Response.ContentType = "text/html; charset=utf-8";
        await visit.Http.Response.WriteAsync(before + html, visit.Aborted);
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
