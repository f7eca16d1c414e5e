using Club;
using Club.Azure;
using Club.Desk;
using Club.Kernel;
using Club.Triggers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.UseMiddleware<FaultAnswers>();
    builder.UseMiddleware<GatedCalls>();
    builder.Logging.AddClubFilters(builder.Configuration);
    builder.Services.PostConfigure<LoggerFilterOptions>(WebServerLogs.KeepQuiet);
    KeyVaultReferences.RequireResolved(builder.Configuration);
    builder.Services.AddClub(builder.Configuration).AddDesk().AddAzure(builder.Configuration).AddGate();
    builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
    GatedCalls.RequireKey(builder.Configuration);
    var host = builder.Build();
    await Start.Prepare(host.Services);
    await host.RunAsync();
    return 0;
}
catch (Exception fault) when (Start.Sentences(fault) is { Count: > 0 } sentences)
{
    // The host logs what its worker says last; a stack trace would hide what to do.
    foreach (var sentence in sentences) await Console.Error.WriteLineAsync(sentence);
    return 1;
}
