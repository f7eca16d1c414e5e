using Club;
using Club.Azure;
using Club.Desk;
using Club.Kernel;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

try
{
    var builder = FunctionsApplication.CreateBuilder(args);
    builder.ConfigureFunctionsWebApplication();
    builder.UseMiddleware<FaultAnswers>();
    builder.UseMiddleware<KeyCallers>();
    builder.Logging.AddClubFilters(builder.Configuration);
    KeyVaultReferences.RequireResolved(builder.Configuration);
    builder.Services.AddClub(builder.Configuration).AddDesk().AddAzure(builder.Configuration);
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
