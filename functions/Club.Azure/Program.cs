using Club;
using Club.Azure;
using Club.Kernel;
using Club.Programmes;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
KeyVaultReferences.RequireResolved(builder.Configuration);
builder.Services.AddClub(builder.Configuration).AddAzure(builder.Configuration);
var host = builder.Build();
// A wrong programme or time zone stops the host here, not the first message.
host.Services.GetRequiredService<Programme>();
host.Services.GetRequiredService<ClubCalendar>();
await host.Services.PrepareEmulators();
await host.RunAsync();
