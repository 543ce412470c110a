using LiveShop.Load;

return await LoadCommands.RunAsync(args);
