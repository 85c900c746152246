using HumanLoop;
using HumanLoop.AspNetCore;
using HumanLoop.AspNetCore.Api;
using HumanLoop.AspNetCore.Assets;
using HumanLoop.AspNetCore.Pages;
using HumanLoop.AspNetCore.Visiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Puts the review inbox, the owner's page and the JSON API into an application.</summary>
public static class HumanLoopEndpointRouteBuilderExtensions
{
    /// <summary>Maps everything below one prefix: pages at the prefix itself, the JSON API at <c>{prefix}/api/v1</c>.</summary>
    /// <param name="endpoints">The application, or a group of it.</param>
    /// <param name="prefix">Where. It works below any path base, group or forwarded prefix.</param>
    /// <param name="configure">Sets who may do what.</param>
    /// <returns>The group, to be protected: <c>.RequireAuthorization("Reviewers")</c>. Without that it is open to local callers in Development, and to nobody
    /// elsewhere.</returns>
    /// <exception cref="InvalidOperationException"><c>AddHumanLoop</c> was not called on the application's services.</exception>
    public static RouteGroupBuilder MapHumanLoop(this IEndpointRouteBuilder endpoints, string prefix = "/humanloop", Action<HumanLoopWebOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>() is { } known && !known.IsService(typeof(IWorkflowControl)))
        {
            throw new InvalidOperationException("MapHumanLoop needs the loop: call builder.Services.AddHumanLoop() and add a workflow first.");
        }

        var options = new HumanLoopWebOptions();
        configure?.Invoke(options);
        var group = endpoints.MapGroup(prefix);
        group.ExcludeFromDescription();
        var site = new Site(group, options, (visit, refusal) => visit.RefuseAsync(refusal), RefusalPage.WriteAsync);
        AssetEndpoints.Map(site);
        ReviewApi.Map(site);
        DeadLetterApi.Map(site);
        WorkflowApi.Map(site);
        DeskPages.Map(site);
        QueuePages.Map(site);
        WorkflowPages.Map(site);
        NotFoundPages.Map(site);
        return group;
    }
}
